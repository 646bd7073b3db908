import psycopg


def load_fixtures(connection: psycopg.Connection) -> None:
    connection.execute("truncate customers, subscriptions restart identity")
    # #region fixtures
    connection.execute(
        """
        insert into customers (email, name) values
          ('ada@example.com', 'Ada'), ('grace@example.com', 'Grace'), ('alan@example.com', 'Alan');
        insert into subscriptions (customer_id, plan, price, renews_on) values
          (1, 'basic', 900, '2026-03-01'), (1, 'plus', 1900, '2026-04-01'),
          (2, 'basic', 900, '2026-02-27'), (3, 'plus', 1900, '2026-03-02')
        """
    )
    # #endregion fixtures
