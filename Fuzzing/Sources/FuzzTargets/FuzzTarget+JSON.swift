import InferenceCore

extension FuzzTarget {
    /// Reads a document; what it says reads back as the same in every format.
    static let json = FuzzTarget(
        "json",
        words: [
            "{\"", "\":", "[[", "]]", "null", "true", "-0", "1e308", "1E-400", "9223372036854775808", "\\u0000",
            "\\ud800", "\\udc00", "\\\\", "\u{FEFF}", ",", "  ", "0.1",
        ]
    ) { bytes in
        do throws(JSONError) {
            let value = try JSONValue(parsing: bytes)
            for format in [JSONFormat.compact, .pretty, .python] {
                let text = value.serialized(format)
                require((try? JSONValue(parsing: text)) == value, "reads back as something else: \(text)")
            }
            return true
        } catch {
            require(error.line >= 1 && error.column >= 1, "an error without a place")
            return false
        }
    }
}
