from sqlalchemy import text
from sqlalchemy.orm import Session


# #region orders
class Orders:
    def __init__(self, session: Session):
        self.session = session

    def place(self, customer: str, cents: int) -> int:
        return self.session.execute(
            text("insert into orders (customer, cents) values (:customer, :cents) returning id"),
            {"customer": customer, "cents": cents},
        ).scalar_one()

    def revenue(self) -> int:
        return self.session.execute(text("select coalesce(sum(cents), 0) from orders")).scalar_one()
# #endregion orders


# #region ship
def place_and_ship(session: Session, customer: str, cents: int) -> int:
    """Places an order and its shipment: both, or neither."""
    try:
        order = Orders(session).place(customer, cents)
        session.execute(text("insert into shipments (order_id) values (:order)"), {"order": order})
        session.commit()
        return order
    except Exception:
        session.rollback()
        raise
# #endregion ship
