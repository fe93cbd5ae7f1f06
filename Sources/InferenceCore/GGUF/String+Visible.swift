extension String {
    /// The text on one line: control and format characters as escapes, and a long text cut short with its length.
    ///
    /// Names and values come from files that nobody has checked, and end up in messages on a terminal.
    func visible(limit: Int = 200) -> String {
        var result = ""
        var length = 0
        for scalar in unicodeScalars {
            guard length < limit else { return result + "… (\(utf8.count) bytes)" }
            length += 1
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                result += scalar == "\n" ? "\\n" : "\\u{\(String(scalar.value, radix: 16))}"
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
