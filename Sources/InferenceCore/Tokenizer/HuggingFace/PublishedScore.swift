/// The scores of unigrams as `tokenizers` reads them.
///
/// Ways through a run of equal characters often have equal sums, and which of them wins is decided by the last bit. The
/// library's JSON reader, in favour of speed, doesn't always find the nearest double: it divides the digits, which may
/// already be rounded, by a power of ten.
///
/// Source: `serde_json` without the feature `float_roundtrip`.
enum PublishedScore {
    /// What that reader makes of the shortest text for a double.
    static func asRead(_ value: Double) -> Double {
        guard value.isFinite, value != 0 else { return value }
        var digits: UInt64 = 0
        var exponent = 0
        var isFraction = false
        var rest = value.magnitude.description.utf8[...]
        while let character = rest.popFirst(), character != UInt8(ascii: "e") {
            if character == UInt8(ascii: ".") {
                isFraction = true
                continue
            }
            // A double's shortest text has 17 digits, too few to overflow.
            digits = digits &* 10 &+ UInt64(character &- UInt8(ascii: "0"))
            if isFraction { exponent -= 1 }
        }
        exponent += Int(Substring(rest)) ?? 0
        guard let power = Double("1e\(abs(exponent))"), power.isFinite else { return value }
        let magnitude = exponent < 0 ? Double(digits) / power : Double(digits) * power
        return value < 0 ? -magnitude : magnitude
    }
}
