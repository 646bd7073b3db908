import psycopg

from bank import SCHEMA, NotEnoughMoney, withdraw_lossy
from collisions import collide


# #region collision
def test_pays_out_once_when_two_withdrawals_meet(database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(SCHEMA)
        [account] = connection.execute("insert into accounts (balance) values (100) returning id").fetchone()

    ended = collide(
        database_url,
        f"select from accounts where id = {account} for update",
        lambda own: withdraw_lossy(own, account, 80),
        lambda own: withdraw_lossy(own, account, 80),
    )

    # Both have been paid: assert {<class 'NoneType'>} == {<class 'NoneType'>, <class 'bank.NotEnoughMoney'>}
    assert {type(end) for end in ended} == {type(None), NotEnoughMoney}
# #endregion collision
