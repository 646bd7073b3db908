from uuid import UUID

import psycopg
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field


# #region schemas
class NewUser(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    name: str = Field(min_length=1)


class User(BaseModel):
    id: UUID
    email: str
    name: str
# #endregion schemas


# #region app
def create_app(database_url: str) -> FastAPI:
    """Nothing listens and nothing connects until a request comes."""
    app = FastAPI()
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_exception_handler(psycopg.Error, answer_database_error)

    @app.post("/users", status_code=201, response_model=User)
    def create_user(new: NewUser, response: Response):
        with psycopg.connect(database_url) as connection:
            row = connection.execute(
                "insert into users (email, name) values (%s, %s) returning id, email, name",
                (new.email, new.name),
            ).fetchone()
        response.headers["location"] = f"/users/{row[0]}"
        return {"id": row[0], "email": row[1], "name": row[2]}

    @app.get("/users/{user_id}", response_model=User)
    def find_user(user_id: UUID):
        with psycopg.connect(database_url) as connection:
            row = connection.execute(
                "select id, email, name from users where id = %s", (user_id,)
            ).fetchone()
        if row is None:
            raise HTTPException(404)
        return {"id": row[0], "email": row[1], "name": row[2]}

    return app
# #endregion app


# #region errors
def answer_invalid(_: Request, error: RequestValidationError) -> JSONResponse:
    field = error.errors()[0]["loc"][-1]
    return JSONResponse({"error": "invalid", "field": field}, 400)


def answer_database_error(_: Request, error: psycopg.Error) -> JSONResponse:
    if error.sqlstate == "23505" and error.diag.constraint_name == "users_email_key":
        return JSONResponse({"error": "taken", "field": "email"}, 409)
    return JSONResponse({"error": "internal"}, 500)
# #endregion errors
