#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A date and a time of day on the local clock, as chat templates print them.
public struct CivilTime: Sendable, Equatable {
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to 31.
    public let day: Int
    /// 0 to 23.
    public let hour: Int
    /// 0 to 59.
    public let minute: Int
    /// 0 to 60.
    public let second: Int

    public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// What the local clock shows.
    public static func now() -> CivilTime {
        var seconds = time(nil)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return CivilTime(
            year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
            hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec))
    }
}

extension CivilTime {
    /// The day of the year, from 1.
    var dayOfYear: Int {
        let daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return daysBefore[min(max(month, 1), 12) - 1] + day + (isLeap && month > 2 ? 1 : 0)
    }

    /// The day of the week, Sunday being 0 (the proleptic Gregorian calendar).
    var weekday: Int {
        let years = year - 1
        let days = 365 * years + years / 4 - years / 100 + years / 400 + dayOfYear
        return (days % 7 + 7) % 7
    }

    /// The week of ISO 8601 and the year that it belongs to.
    var isoWeek: (year: Int, week: Int) {
        let mondayFirst = (weekday + 6) % 7
        let week = (dayOfYear - 1 - mondayFirst + 10) / 7
        if week < 1 { return (year - 1, CivilTime(year: year - 1, month: 12, day: 31).isoWeek.week) }
        if week == 53, CivilTime(year: year + 1, month: 1, day: 1).weekday <= 4, mondayFirst < 3, day > 28 {
            let nextJanuary = CivilTime(year: year + 1, month: 1, day: 1).weekday
            if (1...4).contains(nextJanuary) { return (year + 1, 1) }
        }
        return (year, week)
    }
}
