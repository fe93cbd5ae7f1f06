extension JSONValue {
    /// Equality as JSON Schema has it: 1 and 1.0 are the same number, and members have no order.
    func isSameValue(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.integer, .double), (.double, .integer):
            return DecimalNumber(self) == DecimalNumber(other)
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isSameValue(as: $1) }
        case (.object(let left), .object(let right)):
            return left.count == right.count
                && left.allSatisfy { member in right[member.name].map { member.value.isSameValue(as: $0) } ?? false }
        default: return self == other
        }
    }

    /// The form in which values that a schema lists are written: compact, whole numbers without a fraction.
    var writtenCanonically: String { wholeNumbersAsIntegers.serialized() }

    private var wholeNumbersAsIntegers: JSONValue {
        switch self {
        case .double(let number):
            guard number.rounded() == number, abs(number) < 1e15 else { return self }
            return .integer(Int(number))
        case .array(let items): return .array(items.map(\.wholeNumbersAsIntegers))
        case .object(let members):
            return .object(JSONObject(members.map { ($0.name, $0.value.wholeNumbersAsIntegers) }))
        default: return self
        }
    }
}
