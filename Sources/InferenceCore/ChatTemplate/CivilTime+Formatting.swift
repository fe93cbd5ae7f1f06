/// `strftime` in the C locale.
extension CivilTime {
    /// The widest that a directive can be made.
    private static let maximumWidth = 1000
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// The time by a format such as `%d %b %Y`. The flags `-`, `_`, `0` and `^` change padding and case as in glibc; a
    /// directive that isn't known stays as it is.
    func formatted(_ format: TemplateText) -> TemplateText {
        var result = TemplateText()
        var position = 0
        while position < format.bytes.count {
            let start = position
            position += 1
            guard format.bytes[start] == UInt8(ascii: "%") else {
                result.bytes.append(format.bytes[start])
                continue
            }
            var flag: UInt8?
            while position < format.bytes.count, "-_0^#".utf8.contains(format.bytes[position]) {
                flag = format.bytes[position]
                position += 1
            }
            var width = 0
            while position < format.bytes.count,
                let digit = Character(Unicode.Scalar(format.bytes[position])).wholeNumberValue
            {
                width = min(10 * width + digit, Self.maximumWidth)
                position += 1
            }
            guard position < format.bytes.count, let text = directive(format.bytes[position], flag) else {
                position = min(position + 1, format.bytes.count)
                result.bytes += format.bytes[start..<position]
                continue
            }
            position += 1
            let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            let padding = isNumber && flag != UInt8(ascii: "_") ? "0" : " "
            result.append(String(repeating: padding, count: max(0, width - text.utf8.count)))
            result.append(flag == UInt8(ascii: "^") ? text.uppercased() : text)
        }
        return result
    }

    private func padded(_ value: Int, _ width: Int, _ flag: UInt8?, with standard: Character = "0") -> String {
        let digits = String(value)
        let padding: Character =
            switch flag {
            case UInt8(ascii: "_"): " "
            case UInt8(ascii: "0"): "0"
            default: standard
            }
        guard flag != UInt8(ascii: "-") else { return digits }
        return String(repeating: padding, count: max(0, width - digits.count)) + digits
    }

    private func expanded(_ format: String) -> String {
        formatted(TemplateText(format)).string
    }

    private func directive(_ letter: UInt8, _ flag: UInt8?) -> String? {
        let hour12 = hour % 12 == 0 ? 12 : hour % 12
        let month = Self.months[min(max(self.month, 1), 12) - 1]
        let weekdayName = Self.weekdays[weekday]
        switch Unicode.Scalar(letter) {
        case "Y": return padded(year, 1, flag)
        case "y": return padded(year % 100, 2, flag)
        case "C": return padded(year / 100, 2, flag)
        case "G": return padded(isoWeek.year, 1, flag)
        case "g": return padded(isoWeek.year % 100, 2, flag)
        case "m": return padded(self.month, 2, flag)
        case "d": return padded(day, 2, flag)
        case "e": return padded(day, 2, flag, with: " ")
        case "j": return padded(dayOfYear, 3, flag)
        case "H": return padded(hour, 2, flag)
        case "k": return padded(hour, 2, flag, with: " ")
        case "I": return padded(hour12, 2, flag)
        case "l": return padded(hour12, 2, flag, with: " ")
        case "M": return padded(minute, 2, flag)
        case "S": return padded(second, 2, flag)
        case "f": return "000000"
        case "U": return padded((dayOfYear + 6 - weekday) / 7, 2, flag)
        case "W": return padded((dayOfYear + 6 - (weekday + 6) % 7) / 7, 2, flag)
        case "V": return padded(isoWeek.week, 2, flag)
        case "u": return String(weekday == 0 ? 7 : weekday)
        case "w": return String(weekday)
        case "B": return month
        case "b", "h": return String(month.prefix(3))
        case "A": return weekdayName
        case "a": return String(weekdayName.prefix(3))
        case "p": return hour < 12 ? "AM" : "PM"
        case "P": return hour < 12 ? "am" : "pm"
        case "D", "x": return expanded("%m/%d/%y")
        case "F": return expanded("%Y-%m-%d")
        case "T", "X": return expanded("%H:%M:%S")
        case "R": return expanded("%H:%M")
        case "r": return expanded("%I:%M:%S %p")
        case "c": return expanded("%a %b %e %H:%M:%S %Y")
        // A time on the local clock knows no zone.
        case "z", "Z": return ""
        case "n": return "\n"
        case "t": return "\t"
        case "%": return "%"
        default: return nil
        }
    }
}
