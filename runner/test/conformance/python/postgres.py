"""What testcontainers-python asks of an engine around PostgreSQL, told as one JSON object on the last line."""

import json
import tarfile
from io import BytesIO

import psycopg
from testcontainers.community.postgres import PostgresContainer

told = {}
container = PostgresContainer("postgres:16-alpine", username="ann", password="secret", dbname="shop", driver=None)
with container:
    with psycopg.connect(container.get_connection_url()) as connection:
        told["who"] = connection.execute("select current_user || '@' || current_database()").fetchone()[0]

    result = container.exec(["sh", "-c", "echo out; echo err >&2; exit 3"])
    told["exit"] = result.exit_code
    # The two streams are two pipes: which of them comes first, Docker does not say.
    told["output"] = sorted(result.output.decode().splitlines())

    archive = BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        entry = tarfile.TarInfo("note.txt")
        entry.size = 4
        tar.addfile(entry, BytesIO(b"note"))
    container.get_wrapped_container().put_archive("/tmp", archive.getvalue())
    told["file"] = container.exec(["cat", "/tmp/note.txt"]).output.decode()

    stdout, stderr = container.get_logs()
    told["ready"] = (stdout + stderr).count(b"database system is ready to accept connections")
print(json.dumps(told))
