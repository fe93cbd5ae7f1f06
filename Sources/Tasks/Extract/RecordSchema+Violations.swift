import Foundation

extension RecordSchema {
    /// What of a value isn't as the schema says, in one line with the way to it; nil where everything is.
    public func violation(in value: RecordValue) -> String? {
        violation(in: value, of: root, at: "", hops: 0)
    }

    /// References that may follow each other without a step into the value.
    private static let mostHops = 64

    private func violation(in value: RecordValue, of schema: RecordValue, at path: String, hops: Int) -> String? {
        switch schema {
        case .bool(true): return nil
        case .record(let keywords):
            guard hops < Self.mostHops else { return "\(Self.place(path)): the schema's references lead in a circle" }
            for (keyword, wanted) in keywords.sorted(by: { $0.key < $1.key }) {
                let found =
                    plainViolation(in: value, keyword, wanted).map { "\(Self.place(path)): \($0)" }
                    ?? partViolation(in: value, keyword, wanted, keywords, at: path)
                    ?? combinedViolation(in: value, keyword, wanted, at: path, hops: hops + 1)
                if let found { return found }
            }
            return nil
        default: return "\(Self.place(path)): nothing is allowed here"
        }
    }

    private static func place(_ path: String) -> String { path.isEmpty ? "the record" : path }

    /// Keywords that look at the value alone.
    private func plainViolation(in value: RecordValue, _ keyword: String, _ wanted: RecordValue) -> String? {
        func expect(_ holds: Bool) -> String? {
            holds
                ? nil
                : "\(keyword) \(wanted.canonicalText.beginning(60)) isn't met by \(value.canonicalText.beginning(60))"
        }
        switch (keyword, wanted, value) {
        case ("type", .text(let type), _): return expect(value.isOf(type: type))
        case ("type", .list(let types), _):
            return expect(types.contains { if case .text(let type) = $0 { value.isOf(type: type) } else { false } })
        case ("enum", .list(let values), _): return expect(values.contains(value))
        case ("const", _, _): return expect(value == wanted)
        case ("minimum", .number(let limit), .number(let number)): return expect(number >= limit)
        case ("maximum", .number(let limit), .number(let number)): return expect(number <= limit)
        case ("exclusiveMinimum", .number(let limit), .number(let number)): return expect(number > limit)
        case ("exclusiveMaximum", .number(let limit), .number(let number)): return expect(number < limit)
        case ("multipleOf", .number(let step), .number(let number)):
            return expect(step != 0 && (number / step).isWhole)
        case ("minLength", .number(let limit), .text(let text)):
            return expect(Decimal(text.unicodeScalars.count) >= limit)
        case ("maxLength", .number(let limit), .text(let text)):
            return expect(Decimal(text.unicodeScalars.count) <= limit)
        case ("pattern", .text(let pattern), .text(let text)):
            return expect(Self.expression(pattern).map { text.firstMatch(of: $0) != nil } ?? false)
        case ("format", .text("date"), .text(let text)): return expect(CalendarDate(text) != nil)
        case ("minItems", .number(let limit), .list(let items)): return expect(Decimal(items.count) >= limit)
        case ("maxItems", .number(let limit), .list(let items)): return expect(Decimal(items.count) <= limit)
        case ("uniqueItems", .bool(true), .list(let items)):
            return expect(Set(items.map(\.canonicalText)).count == items.count)
        case ("minProperties", .number(let limit), .record(let fields)): return expect(Decimal(fields.count) >= limit)
        case ("maxProperties", .number(let limit), .record(let fields)): return expect(Decimal(fields.count) <= limit)
        case ("required", .list(let names), .record(let fields)):
            for case .text(let name) in names where fields[name] == nil { return "'\(name)' is missing" }
            return nil
        default: return nil
        }
    }

    /// Keywords that look at the value's parts.
    private func partViolation(
        in value: RecordValue, _ keyword: String, _ wanted: RecordValue, _ keywords: [String: RecordValue],
        at path: String
    ) -> String? {
        switch (keyword, wanted, value) {
        case ("properties", .record(let schemas), .record(let fields)):
            for (name, schema) in schemas.sorted(by: { $0.key < $1.key }) {
                guard let field = fields[name] else { continue }
                if let found = violation(in: field, of: schema, at: "\(path)/\(name)", hops: 0) { return found }
            }
            return nil
        case ("additionalProperties", _, .record(let fields)):
            var known: Set<String> = []
            if case .record(let schemas)? = keywords["properties"] { known = Set(schemas.keys) }
            for (name, field) in fields.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
                if let found = violation(in: field, of: wanted, at: "\(path)/\(name)", hops: 0) { return found }
            }
            return nil
        case ("prefixItems", .list(let schemas), .list(let items)):
            for (index, (schema, item)) in zip(schemas, items).enumerated() {
                if let found = violation(in: item, of: schema, at: "\(path)/\(index)", hops: 0) { return found }
            }
            return nil
        case ("items", _, .list(let items)):
            var first = 0
            if case .list(let schemas)? = keywords["prefixItems"] { first = schemas.count }
            for (index, item) in items.enumerated().dropFirst(first) {
                if let found = violation(in: item, of: wanted, at: "\(path)/\(index)", hops: 0) { return found }
            }
            return nil
        default: return nil
        }
    }

    /// Keywords that hold the value against other schemas.
    private func combinedViolation(
        in value: RecordValue, _ keyword: String, _ wanted: RecordValue, at path: String, hops: Int
    ) -> String? {
        func violation(_ schema: RecordValue) -> String? { self.violation(in: value, of: schema, at: path, hops: hops) }
        switch (keyword, wanted) {
        case ("$ref", .text(let reference)): return resolve(reference).flatMap(violation)
        case ("allOf", .list(let schemas)): return schemas.lazy.compactMap(violation).first
        case ("anyOf", .list(let schemas)):
            return schemas.contains { violation($0) == nil } ? nil : "\(Self.place(path)): none of anyOf is met"
        case ("oneOf", .list(let schemas)):
            let count = schemas.count { violation($0) == nil }
            return count == 1 ? nil : "\(Self.place(path)): \(count) of oneOf are met, not one"
        case ("not", _): return violation(wanted) == nil ? "\(Self.place(path)): what 'not' excludes" : nil
        default: return nil
        }
    }
}

extension RecordValue {
    fileprivate func isOf(type: String) -> Bool {
        switch (type, self) {
        case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .text), ("array", .list),
            ("object", .record):
            true
        case ("integer", .number(let number)): number.isWhole
        default: false
        }
    }
}

extension Decimal {
    fileprivate var isWhole: Bool {
        var (value, rounded) = (self, Decimal())
        NSDecimalRound(&rounded, &value, 0, .plain)
        return rounded == self
    }
}

/// A day of the Gregorian calendar, written as RFC 3339's full-date.
struct CalendarDate: Equatable {
    let year: Int
    let month: Int
    let day: Int

    /// Nil for other texts, and for days that there aren't.
    init?(_ text: String) {
        guard let match = text.wholeMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})/), let year = Int(match.1),
            let month = Int(match.2), let day = Int(match.3)
        else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...days[month - 1]).contains(day) else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }
}
