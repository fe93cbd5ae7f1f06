import Foundation

/// The files that come with the program: `models/catalog.yaml`, `themes/*.yaml` and `prompts/*.yaml`.
///
/// They are compiled in, so a program that was installed, moved or copied alone finds them. A file of the same name in
/// the user's configuration directory (`~/.config/diptych/themes/dark.yaml`) wins, and further files there are found
/// too.
public struct ShippedFiles: Sendable {
    private let userDirectory: String?

    /// - Parameter directories: where the user's own files are; nil finds only what was compiled in.
    public init(directories: Directories?) {
        userDirectory = directories?.configuration
    }

    /// The text of the user's own file of that name, else of the one compiled in.
    ///
    /// - Parameter name: the path from the top of the source folder, such as `themes/dark.yaml`.
    /// - Throws: ``ShippedFilesError``.
    public func contents(of name: String) throws -> String {
        if let own = try userContents(of: name) { return own }
        return try builtInContents(of: name)
    }

    /// The text that was compiled in, whatever the user has.
    public func builtInContents(of name: String) throws -> String {
        guard let text = Self.builtIn[name] else {
            throw ShippedFilesError.unknown(name: name, userDirectory: userDirectory)
        }
        return text
    }

    /// The text of the user's own file; nil if there is none.
    public func userContents(of name: String) throws -> String? {
        guard let path = userPath(of: name), FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ShippedFilesError.unreadable(path: path, expected: "a readable file")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ShippedFilesError.unreadable(path: path, expected: "UTF-8 text")
        }
        return text
    }

    /// Where the user's own file of that name is or would be; for error messages.
    public func userPath(of name: String) -> String? {
        userDirectory.map { "\($0)/\(name)" }
    }

    /// The names of the YAML files in a folder, the user's and those compiled in, in order: `dark.yaml`, `light.yaml`.
    public func names(in folder: String) -> [String] {
        let prefix = folder + "/"
        let shipped = Self.builtIn.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        let own = userPath(of: folder).flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
        return Set(shipped + own.filter { $0.hasSuffix(".yaml") }).sorted()
    }
}

public enum ShippedFilesError: Error, Equatable, CustomStringConvertible {
    case unknown(name: String, userDirectory: String?)
    case unreadable(path: String, expected: String)

    public var description: String {
        switch self {
        case .unknown(let name, let userDirectory):
            let place = userDirectory.map { " and not in \($0)" } ?? ""
            return "\(name): not among the files that come with diptych\(place)"
        case .unreadable(let path, let expected):
            return "\(path): expected \(expected): mend or remove it, then the one that comes with diptych is used"
        }
    }
}
