"""Made-up invoices: what they say, before anything is laid out. Amounts are in cents."""

import datetime
from dataclasses import dataclass

VENDORS = {
    "EUR": ["Nordlicht Papier GmbH", "Müller & Söhne GmbH", "Atelier Dufour SARL", "Brennan Tools Ltd",
            "Van Dijk Logistiek B.V.", "Librería Cervantes S.L.", "Officina Rossi S.r.l.", "Kestrel Data Oy"],
    "USD": ["Maple Street Hardware, Inc.", "Harbor & Finch LLC", "Blue Mesa Printing Co.", "O'Connell Catering",
            "Tri-County Electric Supply", "Sundial Software Corp."],
    "GBP": ["Whitby Chandlers Ltd", "Ashdown & Pryce LLP", "Greenfold Nurseries", "St. Anne's Bindery"],
    "CHF": ["Uhrwerk Zentrum AG", "Alpenkäserei Luzern AG", "Typographie Genève SA"],
    "SEK": ["Björk & Lind AB", "Norrsken Verktyg AB", "Fjällbutiken HB"],
}
CUSTOMERS = [
    "Anna Lindqvist", "City Library of Porto", "Delaware Yacht Club", "Dr. Samuel Okafor", "Finch Elementary School",
    "Galerie Montclair", "Hotel Zum Löwen", "Ingrid Sørensen", "J. R. Patel & Daughters", "Kestrel Bay Brewing",
    "Lakeside Veterinary Clinic", "Marcus Feldman", "Northgate Housing Trust", "Oak & Ember Restaurant",
    "Parish of St. Brendan", "Quayside Theatre Company", "Rosalind Achterberg", "Studio Veldt",
    "The Bicycle Kitchen", "Universität Rosenheim", "Vera Castellanos", "Westbrook Dental Group",
]
STREETS = ["12 Mill Lane", "Hafenstr. 7", "48 rue des Tanneurs", "901 Cedar Avenue", "Storgatan 15", "3 Old Quay",
           "Via Garibaldi 22", "1750 Juniper Blvd", "Bahnhofplatz 4", "66 Chapel Row"]
TOWNS = ["Leeds LS1 4AP", "20457 Hamburg", "69002 Lyon", "Portland, OR 97205", "411 05 Göteborg", "Cork T12 W8KX",
         "40121 Bologna", "Austin, TX 78701", "6003 Luzern", "Bath BA1 2QZ"]
GOODS = [
    "A4 copy paper, 80 g", "Beech worktop 200 x 60", "Brass hinge, pair", "Catering, half day", "Cedar planter",
    "Cleaning of offices", "Copper pipe 15 mm", "Data recovery", "Desk lamp, matt black", "Design of a poster",
    "Domain renewal, 1 year", "Espresso beans 1 kg", "Exterior paint, 5 l", "Garden hose 25 m", "Hosting, monthly",
    "Linen tablecloth", "Oak shelf board", "On-site repair, hour", "Photo print 30 x 40", "Proofreading, page",
    "Rental of a van, day", "Safety gloves, size 9", "Soldering iron 60 W", "Stainless screws M4", "Tyre change",
    "Translation, page", "USB-C cable 2 m", "Wall clock, oak", "Window seal, 6 m", "Workshop for two",
]


@dataclass
class Item:
    goods: str
    count: int
    price: int

    @property
    def amount(self):
        return self.count * self.price


@dataclass
class Invoice:
    number: str
    order: str
    account: str
    date: datetime.date
    due: datetime.date | None
    vendor: str
    vendor_place: tuple[str, str]
    customer: str
    customer_place: tuple[str, str]
    currency: str
    items: list[Item]
    tax_rate: int
    discount: int
    shipping: int
    paid: int

    @property
    def subtotal(self):
        return sum(item.amount for item in self.items)

    @property
    def net(self):
        return self.subtotal - self.discount + self.shipping

    @property
    def tax(self):
        return (self.net * self.tax_rate + 50) // 100

    @property
    def total(self):
        return self.net + self.tax

    def record(self):
        """What a careful person reads."""
        return {
            "invoice_number": self.number, "invoice_date": self.date.isoformat(),
            "due_date": self.due.isoformat() if self.due else None, "vendor": self.vendor,
            "customer": self.customer, "currency": self.currency,
            "total": f"{self.total // 100}.{self.total % 100:02d}", "line_items": len(self.items),
        }


def number(random, date):
    """Numbers as businesses give them."""
    serial = random.randint(1, 99999)
    return random.choice([
        f"INV-{serial:05d}", f"{date.year}-{serial:04d}", f"R{date:%y%m}/{serial % 1000:03d}", f"{serial + 100000}",
        f"{random.choice('ABCDEFGH')}{random.choice('KLMNPQ')}-{serial:05d}-{random.randint(0, 9)}",
    ])


def invoice(random, currencies, dated=True):
    """One invoice. `dated`: whether it may name the day until which it has to be paid."""
    date = datetime.date(2021, 1, 1) + datetime.timedelta(days=random.randrange(1460))
    currency = random.choice(currencies)
    goods = random.sample(GOODS, random.choice([1, 2, 2, 3, 3, 4, 5, 6, 7, 9, 12]))
    items = [
        Item(name, random.choice([1, 1, 1, 2, 3, 4, 5, 10, 12, 25]), random.choice([
            random.randint(99, 999), random.randint(1000, 9999), random.randint(10000, 89999)]))
        for name in goods
    ]
    bill = Invoice(
        number=number(random, date), order=f"PO-{random.randint(1000, 99999)}",
        account=f"{random.randint(10000, 99999)}", date=date,
        due=date + datetime.timedelta(days=random.choice([7, 10, 14, 21, 30, 45, 60]))
        if dated and random.random() < 0.75 else None,
        vendor=random.choice(VENDORS[currency]), vendor_place=(random.choice(STREETS), random.choice(TOWNS)),
        customer=random.choice(CUSTOMERS), customer_place=(random.choice(STREETS), random.choice(TOWNS)),
        currency=currency, items=items, tax_rate=random.choice([0, 7, 10, 19, 20, 25]),
        discount=0, shipping=random.choice([0, 0, 490, 995, 1500]), paid=0)
    if random.random() < 0.3:
        bill.discount = bill.subtotal // 10
    if random.random() < 0.3:
        bill.paid = bill.total // 2
    return bill
