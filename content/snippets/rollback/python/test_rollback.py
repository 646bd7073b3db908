import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from testcontainers.community.postgres import PostgresContainer

from shop_orders import Orders, place_and_ship


@pytest.fixture(scope="module")
def engine():
    with PostgresContainer("postgres:16-alpine", driver="psycopg") as container:
        engine = create_engine(container.get_connection_url())
        with engine.begin() as connection:
            connection.execute(
                text(
                    """
                    create table orders (
                      id       integer generated always as identity primary key,
                      customer text not null,
                      cents    integer not null check (cents >= 0)
                    );
                    create table shipments (order_id integer not null references orders)
                    """
                )
            )
        yield engine
        engine.dispose()


# #region fixture
@pytest.fixture
def session(engine):
    with engine.connect() as connection:
        transaction = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        transaction.rollback()  # pytest comes here after a failed test as well


def test_takes_an_order(session):
    assert isinstance(Orders(session).place("Ada", 1_000), int)


def test_adds_up_the_revenue(session):
    orders = Orders(session)
    orders.place("Grace", 1_000)
    orders.place("Alan", 500)

    assert orders.revenue() == 1_500
# #endregion fixture


# #region savepoint
def test_ships_an_order_and_still_rolls_back(session):
    order = place_and_ship(session, "Ada", 1_000)

    assert session.execute(text("select order_id from shipments")).scalars().all() == [order]


def test_keeps_nothing_of_an_order_that_is_refused_and_can_go_on_asking(session):
    with pytest.raises(IntegrityError):
        place_and_ship(session, "Ada", -1)

    assert Orders(session).revenue() == 0
# #endregion savepoint


# #region expected-error
def test_can_expect_an_error_and_look_at_what_is_left(session):
    Orders(session).place("Ada", 1_000)

    with pytest.raises(IntegrityError), session.begin_nested():
        Orders(session).place("Grace", -1)

    assert Orders(session).revenue() == 1_000
# #endregion expected-error


# #region proof
def test_none_of_them_has_left_anything(engine):
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from orders")).scalar_one() == 0
# #endregion proof
