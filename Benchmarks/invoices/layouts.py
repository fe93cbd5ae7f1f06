"""Ten ways to print an invoice: each makes lines of text of it, at most 92 columns wide.

A layout says which currencies it may have, and whether it prints a day of payment."""

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF ", "SEK": "SEK "}
WIDTH = 84


def english(cents):
    return f"{cents // 100:,}.{cents % 100:02d}"


def continental(cents, gap="."):
    return f"{cents // 100:,}".replace(",", gap) + f",{cents % 100:02d}"


def columns(left, right, width=WIDTH):
    """Two texts at both ends of a line."""
    return left + right.rjust(width - len(left))


def address(name, place):
    return [name, *place]


def sums(bill, money, subtotal="Subtotal", discount="Discount", shipping="Shipping", tax="Tax {}%", total="Total"):
    rows = [(subtotal, money(bill.subtotal))]
    if bill.discount:
        rows.append((discount, "-" + money(bill.discount)))
    if bill.shipping:
        rows.append((shipping, money(bill.shipping)))
    return rows + [(tax.format(bill.tax_rate), money(bill.tax)), (total, money(bill.total))]


def payments(bill, money, paid, left):
    return [(paid, "-" + money(bill.paid)), (left, money(bill.total - bill.paid))] if bill.paid else []


def classic(bill):
    lines = [bill.vendor, *bill.vendor_place, "",
             "INVOICE".center(WIDTH).rstrip(), "", columns("Bill to:", f"Invoice no. {bill.number}"),
             columns(bill.customer, f"Date {bill.date}"), columns(bill.customer_place[0], f"Order {bill.order}"),
             columns(bill.customer_place[1], f"Due {bill.due}" if bill.due else "Due on receipt"), "",
             f"{'Description':<40}{'Qty':>8}{'Price':>16}{'Amount':>20}", "-" * WIDTH]
    lines += [f"{i.goods:<40}{i.count:>8}{english(i.price):>16}{english(i.amount):>20}" for i in bill.items]
    rows = sums(bill, english, total=f"Total {bill.currency}") + payments(bill, english, "Paid", "Balance")
    return lines + ["-" * WIDTH] + [f"{name:>64}{amount:>20}" for name, amount in rows]


def letter(bill):
    def day(date):
        return f"{date.day} {MONTHS[date.month - 1]} {date.year}"

    symbol = SYMBOLS[bill.currency]
    lines = [*[line.rjust(WIDTH) for line in address(bill.vendor, bill.vendor_place)], "",
             *address(bill.customer, bill.customer_place), "", day(bill.date).rjust(WIDTH), "",
             f"Our invoice {bill.number}", "", "To whom it may concern,", "",
             "thank you for your order. We have supplied and charge you for the following:", ""]
    for item in bill.items:
        each = f" at {symbol}{english(item.price)} each" if item.count > 1 else ""
        lines.append(f"  - {item.count} x {item.goods}{each}: {symbol}{english(item.amount)}")
    lines += ["", f"This comes to {symbol}{english(bill.subtotal)}" + (
        f", less a discount of {symbol}{english(bill.discount)}" if bill.discount else "") + (
        f", plus {symbol}{english(bill.shipping)} for delivery" if bill.shipping else "") + ".",
        f"With {bill.tax_rate} % tax ({symbol}{english(bill.tax)}) the amount of this invoice is "
        f"{symbol}{english(bill.total)}" + (f" ({bill.currency})." if symbol.strip() != bill.currency else ".")]
    if bill.paid:
        lines.append(f"You have paid {symbol}{english(bill.paid)} in advance.")
    lines += [f"Please pay by {day(bill.due)}." if bill.due else "Please pay on receipt of this letter.", "",
              "Yours faithfully,", "", bill.vendor]
    return lines


def receipt(bill):
    width = 42
    lines = [bill.vendor.center(width).rstrip(), bill.vendor_place[0].center(width).rstrip(),
             "*" * width, f"Receipt/Invoice: {bill.number}", f"Date (MM/DD/YYYY): {bill.date:%m/%d/%Y}",
             f"Sold to: {bill.customer}", "*" * width]
    for item in bill.items:
        lines += [item.goods, columns(f"   {item.count} @ {english(item.price)}", english(item.amount), width)]
    lines.append("-" * width)
    rows = sums(bill, lambda cents: "$" + english(cents), "SUBTOTAL", "10% OFF", "DELIVERY", "SALES TAX {}%", "TOTAL")
    lines += [columns(name, amount, width) for name, amount in rows]
    if bill.paid:
        lines.append(columns("CASH TENDERED", f"${english(bill.total + 2000 - bill.total % 1000)}", width))
    return lines + ["", "THANK YOU!".center(width).rstrip()]


def side_by_side(bill):
    left = ["FROM", bill.vendor, *bill.vendor_place]
    right = ["TO", bill.customer, *bill.customer_place]
    lines = [f"{a:<46}{b}" for a, b in zip(left, right)]
    lines += ["", f"{'INVOICE':<20}{'ISSUED':<20}{'PAYABLE BY':<20}{'YOUR REF':<20}",
              f"{bill.number:<20}{bill.date:%d.%m.%Y}{'':<10}{bill.due.strftime('%d.%m.%Y') if bill.due else '–':<20}"
              f"{bill.order}", "", f"{'#':<5}{'Item':<45}{'Units':>8}{'Unit price':>13}{'Sum':>13}"]
    for index, item in enumerate(bill.items, 1):
        lines.append(f"{index:<5}{item.goods:<45}{item.count:>8}{english(item.price):>13}{english(item.amount):>13}")
    rows = sums(bill, english, "Net", "Rebate", "Freight", "VAT ({} %)", "Gross total")
    rows += payments(bill, english, "Deposit received", "Remaining")
    return lines + [""] + [f"{name:>71}{amount:>13}" for name, amount in rows] + [
        "", f"All prices in {bill.currency}."]


def german(bill):
    def money(cents):
        return continental(cents) + (" €" if bill.currency == "EUR" else " CHF")

    lines = [f"{bill.vendor} · {' · '.join(bill.vendor_place)}", "", *address(bill.customer, bill.customer_place), "",
             columns("RECHNUNG", f"Rechnungsnr.: {bill.number}"), columns("", f"Kundennr.: {bill.account}"),
             columns("", f"Datum: {bill.date:%d.%m.%Y}"), "",
             f"{'Pos.':<6}{'Bezeichnung':<38}{'Menge':>8}{'Einzelpreis':>16}{'Gesamt':>16}"]
    for index, item in enumerate(bill.items, 1):
        lines.append(f"{index:<6}{item.goods:<38}{item.count:>8}{money(item.price):>16}{money(item.amount):>16}")
    rows = sums(bill, money, "Zwischensumme", "Rabatt", "Versand", "MwSt. {} %", "Gesamtbetrag")
    rows += payments(bill, money, "Anzahlung", "Restbetrag")
    lines += [""] + [f"{name:>64}{amount:>20}" for name, amount in rows]
    return lines + ["", f"Zahlbar bis {bill.due:%d.%m.%Y} ohne Abzug." if bill.due else "Zahlbar sofort ohne Abzug."]


def french(bill):
    def money(cents):
        return continental(cents, " ") + (" €" if bill.currency == "EUR" else " CHF")

    lines = [bill.vendor, *bill.vendor_place, "", columns(f"FACTURE N° {bill.number}", f"le {bill.date:%d/%m/%Y}"), "",
             f"Client : {bill.customer}", f"         {', '.join(bill.customer_place)}",
             f"Commande : {bill.order}", "", f"{'Désignation':<44}{'Qté':>6}{'P.U. HT':>17}{'Montant HT':>17}"]
    lines += [f"{i.goods:<44}{i.count:>6}{money(i.price):>17}{money(i.amount):>17}" for i in bill.items]
    rows = sums(bill, money, "Total HT", "Remise", "Port", "TVA {} %", "Total TTC")
    rows += payments(bill, money, "Acompte versé", "Reste à payer")
    lines += [""] + [f"{name:>64}{amount:>20}" for name, amount in rows]
    return lines + ["", f"Échéance : {bill.due:%d/%m/%Y}" if bill.due else "Paiement à réception."]


def message(bill):
    lines = [f"From: {bill.vendor}", f"To: {bill.customer}", f"Subject: Invoice {bill.number}", "",
             f"Invoice number: {bill.number}", f"Invoice date: {bill.date.isoformat()}",
             f"Payment due: {bill.due.isoformat() if bill.due else 'upon receipt'}",
             f"Customer account: {bill.account}", f"Amount: {bill.currency} {english(bill.total)}", "",
             "What you are paying for:"]
    lines += [f"  {i.count}x {i.goods} = {english(i.amount)}" for i in bill.items]
    if bill.shipping:
        lines.append(f"Postage and packing: {english(bill.shipping)}")
    if bill.discount:
        lines.append(f"Your discount: -{english(bill.discount)}")
    return lines + [f"Tax included at {bill.tax_rate}%: {english(bill.tax)}", "",
                    "This mailbox isn't read; reply to your account manager."]


def boxed(bill):
    symbol = SYMBOLS[bill.currency]

    def rule():
        return "+" + "-" * 42 + "+" + "-" * 7 + "+" + "-" * 14 + "+" + "-" * 14 + "+"

    def row(*cells):
        return f"| {cells[0]:<40} | {cells[1]:>5} | {cells[2]:>12} | {cells[3]:>12} |"

    lines = [f"Invoice {bill.number}", f"Issued {bill.date.day:02d}-{MONTHS[bill.date.month - 1][:3]}-{bill.date.year}"
             + (f", to be paid until {bill.due.day:02d}-{MONTHS[bill.due.month - 1][:3]}-{bill.due.year}"
                if bill.due else ""), "", f"Supplier: {bill.vendor}, {', '.join(bill.vendor_place)}",
             f"Customer: {bill.customer}, {', '.join(bill.customer_place)}", "", rule(),
             row("Goods and services", "Qty", "Each", "Amount"), rule()]
    lines += [row(i.goods, i.count, english(i.price), english(i.amount)) for i in bill.items]
    lines.append(rule())
    for name, amount in sums(bill, lambda cents: symbol + english(cents), tax="Tax at {} %", total="INVOICE TOTAL"):
        lines.append(f"{name:>66} {amount:>15}")
    return lines + [f"Currency: {bill.currency}"]


def footer(bill):
    def day(date):
        return f"{MONTHS[date.month - 1][:3]} {date.day}, {date.year}"

    symbol = SYMBOLS[bill.currency]
    lines = ["TAX INVOICE", "", f"{'Sold and shipped to':<42}{'Reference numbers'}",
             f"{bill.customer:<42}Order    {bill.order}", f"{bill.customer_place[0]:<42}Account  {bill.account}",
             f"{bill.customer_place[1]:<42}Invoice  {bill.number}", f"{'':<42}Issued   {day(bill.date)}", ""]
    for item in bill.items:
        lines.append(columns(f"{item.count} {item.goods} ".ljust(60, "."), f" {symbol}{english(item.amount)}"))
    lines.append("")
    rows = sums(bill, lambda cents: symbol + english(cents), "Goods", "Discount", "Carriage", "Tax {} %", "Total due")
    lines += [columns(f"{'':<40}{name}", amount) for name, amount in rows]
    lines += ["", f"Kindly settle by {day(bill.due)}." if bill.due else "Kindly settle on receipt.", "", "_" * WIDTH,
              f"{bill.vendor} | {' | '.join(bill.vendor_place)} | Prices in {bill.currency}".center(WIDTH).rstrip()]
    return lines


def hours(bill):
    lines = [columns(bill.vendor, "STATEMENT OF WORK DONE"), *bill.vendor_place, "",
             f"Prepared for {bill.customer}", f"             {bill.customer_place[1]}", "",
             f"Document {bill.number} of {bill.date.year}/{bill.date.month:02d}/{bill.date.day:02d}"
             f" (year/month/day)", ""]
    for index, item in enumerate(bill.items):
        lines += [f"({chr(97 + index)}) {item.goods}",
                  columns(f"      {item.count} units, {english(item.price)} a unit", english(item.amount))]
    rows = sums(bill, english, "Sum of work", "Reduction agreed", "Travel", "Plus {} % tax", "Amount charged")
    lines += [""] + [columns(name, f"{bill.currency} {amount}") for name, amount in rows]
    if bill.due:
        lines += ["", f"Payment date: {bill.due.year}/{bill.due.month:02d}/{bill.due.day:02d}"]
    return lines


ANY = ["EUR", "USD", "GBP", "CHF", "SEK"]
LAYOUTS = [
    ("classic", classic, ANY, True), ("letter", letter, ANY, True), ("receipt", receipt, ["USD"], False),
    ("side-by-side", side_by_side, ANY, True), ("german", german, ["EUR", "CHF"], True),
    ("french", french, ["EUR", "CHF"], True), ("message", message, ANY, True), ("boxed", boxed, ANY, True),
    ("footer", footer, ANY, True), ("hours", hours, ANY, True),
]
