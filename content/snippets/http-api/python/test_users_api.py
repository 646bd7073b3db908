from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from fastapi.testclient import TestClient
from testcontainers.community.postgres import PostgresContainer

from users_app import create_app


# #region setup
@pytest.fixture(scope="module")
def database_url():
    with PostgresContainer("postgres:16-alpine", driver=None) as container:
        yield container.get_connection_url()


@pytest.fixture(scope="module")
def connection(database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            """
            create table users (
                id        uuid primary key default gen_random_uuid(),
                email     text not null unique,
                name      text not null,
                is_admin  boolean not null default false,
                api_token uuid not null default gen_random_uuid()
            )
            """
        )
        yield connection


@pytest.fixture(scope="module")
def client(database_url, connection):
    with TestClient(create_app(database_url)) as client:
        yield client
# #endregion setup


# #region created
def test_creates_a_user_and_gives_it_back_from_where_it_says(client):
    created = client.post("/users", json={"email": "ada@example.com", "name": "Ada"})

    assert created.status_code == 201
    body = created.json()
    assert body == {"id": body["id"], "email": "ada@example.com", "name": "Ada"}

    found = client.get(created.headers["location"])
    assert found.status_code == 200
    assert found.json() == body
# #endregion created


# #region invalid
@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"name": "Ben"}, "email"),
        ({"email": "ben", "name": "Ben"}, "email"),
        ({"email": "ben@example.com", "name": ""}, "name"),
        ({"email": "ben@example.com", "name": 7}, "name"),
        ({"email": "ben@example.com", "name": "Ben", "is_admin": True}, "is_admin"),
    ],
)
def test_says_which_field_is_wrong_and_stores_nothing(client, connection, payload, field):
    response = client.post("/users", json=payload)

    assert response.status_code == 400
    assert response.json()["field"] == field
    stored = connection.execute("select from users where name = 'Ben' or email like 'ben%'")
    assert stored.fetchall() == []
# #endregion invalid


# #region duplicate
def test_answers_409_to_one_of_two_who_want_the_same_address_at_once(client, connection):
    def sign_up(name):
        return client.post("/users", json={"email": "eve@example.com", "name": name})

    with ThreadPoolExecutor() as pool:
        both = list(pool.map(sign_up, ["Eve", "Eva"]))

    winner, loser = sorted(both, key=lambda response: response.status_code)
    assert (winner.status_code, loser.status_code) == (201, 409)
    assert loser.json() == {"error": "taken", "field": "email"}
    stored = connection.execute("select name from users where email = 'eve@example.com'")
    assert stored.fetchall() == [(winner.json()["name"],)]
# #endregion duplicate


# #region absent
@pytest.mark.parametrize(("user_id", "status"), [(uuid4(), 404), ("ada", 400)])
def test_tells_an_absent_id_from_one_that_is_none(client, user_id, status):
    assert client.get(f"/users/{user_id}").status_code == status
# #endregion absent


# #region internal
def test_keeps_to_itself_what_went_wrong_inside(database_url):
    # A database that has no tables: each statement fails with “relation "users" does not exist”.
    unmigrated = database_url.rsplit("/", 1)[0] + "/template1"
    with TestClient(create_app(unmigrated)) as broken:
        response = broken.get(f"/users/{uuid4()}")

    assert response.status_code == 500
    assert response.json() == {"error": "internal"}
# #endregion internal
