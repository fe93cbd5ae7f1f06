/// The formats of strings that constraints keep to, as regular expressions; other names demand nothing, as JSON Schema
/// says.
///
/// Some of them allow less than their standards do: never more.
enum JSONSchemaFormat {
    private static let label = "[A-Za-z0-9](-?[A-Za-z0-9]){0,30}"
    private static let host = "\(label)(\\.\(label)){0,3}"
    private static let byte = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)"
    private static let group = "[0-9A-Fa-f]{1,4}"
    private static let clock = "([01]\\d|2[0-3]):[0-5]\\d"
    private static let time = "\(clock):[0-5]\\d(\\.\\d{1,9})?([Zz]|[+-]\(clock))"
    private static let date: String = {
        let leapYear = "(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
        let long = "(0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])"
        let short = "(0[469]|11)-(0[1-9]|[12]\\d|30)"
        return "(\\d{4}-(\(long)|\(short)|02-(0[1-9]|1\\d|2[0-8]))|\(leapYear)-02-29)"
    }()
    private static let duration: String = {
        let time = "T(\\d{1,9}H(\\d{1,9}M(\\d{1,9}S)?)?|\\d{1,9}M(\\d{1,9}S)?|\\d{1,9}S)"
        let date = "(\\d{1,9}D|\\d{1,9}M(\\d{1,9}D)?|\\d{1,9}Y(\\d{1,9}M(\\d{1,9}D)?)?)"
        return "P(\(date)(\(time))?|\(time)|\\d{1,9}W)"
    }()
    private static let ipv6: String = {
        // Eight groups, of which a run of at least one may be written "::"; the last two may be an IPv4 address.
        let last = "(\(group):\(group)|\(ipv4))"
        var forms = ["(\(group):){6}\(last)", "::(\(group):){0,5}\(last)", "::(\(group):){0,6}(\(group))?"]
        for before in 1...6 {
            let head = "\(group)(:\(group)){\(before - 1)}::"
            if before <= 5 { forms.append("\(head)(\(group):){0,\(5 - before)}\(last)") }
            forms.append("\(head)((\(group):){0,\(6 - before)}\(group))?")
        }
        forms.append("\(group)(:\(group)){6}::")
        return "(" + forms.joined(separator: "|") + ")"
    }()
    private static let ipv4 = "\(byte)(\\.\(byte)){3}"
    private static let email: String = {
        let atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
        return "\(atom)(\\.\(atom))*@\(host)"
    }()
    private static let uri: String = {
        let plain = "[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}"
        let authority = "//(\(host)|\(ipv4))(:\\d{1,5})?"
        let tail = "(/(\(plain))*)*(\\?(\(plain)|[/?])*)?(#(\(plain)|[/?])*)?"
        return "[A-Za-z][A-Za-z0-9+.-]*:(\(authority)\(tail)|(\(plain))+)"
    }()

    /// The expression that matches a whole string of the format.
    static func expression(_ name: String) -> String? {
        switch name {
        case "date": date
        case "time": time
        case "date-time": "\(date)[Tt]\(time)"
        case "duration": duration
        case "email": email
        case "hostname": host
        case "ipv4": ipv4
        case "ipv6": ipv6
        case "uri": uri
        case "uuid": "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
        default: nil
        }
    }

    static let names = ["date", "time", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid"]
}
