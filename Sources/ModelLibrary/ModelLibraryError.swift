import Reports

/// Why there is no model to open or remove, in one line with what to do about it.
public enum ModelLibraryError: Error, Equatable, CustomStringConvertible {
    case unknownModel(name: String, closest: String?, known: [String])
    case notOnDisk(id: String, bytes: Int, directory: String)
    case noSuchFile(path: String)
    case folder(path: String)
    case noDefault(role: CatalogEntry.Role)
    case beingPulled(id: String, holder: Int32?)
    /// A name of the Hub that isn't on this machine.
    case notFetched(name: String)
    /// Found, but there is nothing whole to open.
    case notWhole(id: String, obstacle: String)
    /// Another tool's file, which is that tool's to remove.
    case foreign(id: String, tool: String, path: String, removal: String)

    public var description: String {
        switch self {
        case .unknownModel(let name, let closest, let known):
            let hint = closest.map { ", did you mean \($0)? Known" } ?? "; known"
            return "no model is called '\(name)'\(hint) are \(known.joined(separator: ", "))"
        case .notOnDisk(let id, let bytes, let directory):
            return "\(id) is not in \(directory): fetch its \(ByteSize.text(bytes)) with 'diptych models pull \(id)'"
        case .noSuchFile(let path):
            return "\(path): no such file; give the path of a .gguf file, or an id from 'diptych models list'"
        case .folder(let path):
            return "\(path) is a folder without config.json: give the path of a .gguf file or of a Hugging Face folder"
        case .noDefault(let role):
            return "the catalog names no default for the \(role.rawValue) model: "
                + "give one with --\(role.rawValue), or set 'role: \(role.rawValue)' on an entry of models/catalog.yaml"
        case .notFetched(let name):
            return "\(name) is not on this machine: fetch it with 'diptych models pull \(name)'"
        case .notWhole(let id, let obstacle):
            return "\(id) can't be opened: \(obstacle)"
        case .foreign(let id, let tool, let path, let removal):
            return "\(id) belongs to \(tool) (\(path)) and isn't removed from here: \(removal)"
        case .beingPulled(let id, let holder):
            return "\(id) is being pulled\(holder.map { " by process \($0)" } ?? ""): wait for it, or stop it first"
        }
    }
}
