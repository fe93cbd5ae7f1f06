/// The processors' own energy counters (RAPL), as Linux shows them for Intel and AMD alike.
///
/// A counter belongs to a package, the processor in its socket, and counts what all programs on it use.
/// Source: the kernel's Documentation/power/powercap/powercap.rst.
public struct EnergyCounter: Sendable {
    /// A package's folder.
    struct Domain: Sendable, Equatable {
        /// "package-0"
        var name: String
        var path: String
        /// Where the counter begins again, in microjoules.
        var range: UInt64
    }

    /// Why there is no figure.
    struct Unavailable: Error, Equatable {
        /// In a few words.
        var reason: String

        init(_ reason: String) { self.reason = reason }

        static let noCounter = Unavailable("this machine exposes no counter")

        init(_ failure: SystemFile.Failure, file: String) {
            switch failure {
            case .missing: self = .noCounter
            case .notAllowed: self = Unavailable("needs root")
            case .unreadable(let code): self = Unavailable("\(file) can't be read (error \(code))")
            }
        }
    }

    typealias Reader = @Sendable (_ path: String) throws(SystemFile.Failure) -> String

    private let root: String
    private let read: Reader

    /// - Parameter root: the folder with a folder for each domain.
    public init(root: String = "/sys/class/powercap") {
        self.init(root: root, read: SystemFile.line)
    }

    /// - Parameter read: gives a file's first line.
    init(root: String, read: @escaping Reader) {
        self.root = root
        self.read = read
    }

    /// The packages. Their parts (cores, memory), which they contain, and the whole board, which contains them, are left
    /// out; so is the second way to the same counters, `intel-rapl-mmio`.
    func packages() throws(Unavailable) -> [Domain] {
        var domains: [Domain] = []
        for folder in SystemFile.names(in: root) where Self.isOutermost(folder) {
            let path = "\(root)/\(folder)"
            let name = try line("name", of: path)
            guard name.hasPrefix("package") else { continue }
            domains.append(Domain(name: name, path: path, range: try number("max_energy_range_uj", of: path)))
        }
        guard !domains.isEmpty else { throw .noCounter }
        return domains
    }

    /// What the package's counter says, in microjoules.
    func reading(_ domain: Domain) throws(Unavailable) -> UInt64 {
        try number("energy_uj", of: domain.path)
    }

    /// Whether a folder's name is that of an outermost domain: "intel-rapl:0", not "intel-rapl:0:1".
    private static func isOutermost(_ folder: String) -> Bool {
        let parts = folder.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0] == "intel-rapl" && Int(parts[1]) != nil
    }

    private func line(_ file: String, of path: String) throws(Unavailable) -> String {
        do throws(SystemFile.Failure) {
            return try read("\(path)/\(file)")
        } catch {
            throw Unavailable(error, file: file)
        }
    }

    private func number(_ file: String, of path: String) throws(Unavailable) -> UInt64 {
        guard let number = UInt64(try line(file, of: path)) else { throw Unavailable("\(file) holds no number") }
        return number
    }
}
