import Configuration
import Foundation
import InferenceCore
import ModelLibrary

/// Narrower files of one model, made when they are needed.
struct LadderFiles: Sendable {
    let source: ResolvedModel
    let file: GGUFFile
    let runtime: Runtime
    /// Where they are written.
    let folder: String
    /// Whether they stay there.
    let areKept: Bool

    /// Formats that are tried unless others are asked for, the widest first.
    static let usualFormats: [QuantizationMix] = [.q8, .q6, .q5Medium, .q4Medium, .q4Plain]

    /// Blocks.
    /// - Parameters:
    ///   - folder: where files are kept; nil for a place in the cache from which they are removed.
    ///   - fingerprint: of the source, names that place.
    init(_ source: ResolvedModel, runtime: Runtime, keptIn folder: String?, fingerprint: String) throws {
        var isFolder = ObjCBool(false)
        guard !FileManager.default.fileExists(atPath: source.path, isDirectory: &isFolder) || !isFolder.boolValue else {
            throw CommandFailure(
                message: "\(source.path): expected a .gguf file to make narrower ones of, found a folder; name several "
                    + "files of the model instead")
        }
        self.source = source
        self.runtime = runtime
        file = try GGUFFile(path: source.path)
        areKept = folder != nil
        self.folder = try folder ?? "\(Directories(environment: .process).cache)/ladder/\(fingerprint.prefix(16))"
    }

    /// Whether weights of the source have been rounded before.
    var startsRounded: Bool {
        do {
            _ = try Quantizer(file, mix: .q8, runtime: runtime)
            return false
        } catch {
            return true
        }
    }

    /// Of the usual formats, those that make the file smaller by a twentieth or more.
    func narrowerFormats() throws -> [QuantizationMix] {
        try Self.usualFormats.filter { try share(of: $0) < 0.95 }
    }

    /// Bytes of the tensors in a format, as a share of those that they have.
    func share(of mix: QuantizationMix) throws -> Double {
        let bytes = try Quantizer(file, mix: mix, allowsRequantizing: true, runtime: runtime).plannedBytes
        return Double(bytes.after) / Double(max(1, bytes.before))
    }

    func path(of mix: QuantizationMix) -> String {
        let stem = source.name.hasSuffix(".gguf") ? String(source.name.dropLast(5)) : source.name
        return "\(folder)/\(stem)-\(mix.rawValue).gguf"
    }

    /// Makes a file. One that is kept from earlier is taken as it is. Blocks.
    /// - Returns: its path.
    func make(_ mix: QuantizationMix, isCancelled: () -> Bool, progress: (String) -> Void) throws -> String {
        let path = path(of: mix)
        if areKept, FileManager.default.fileExists(atPath: path) { return path }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(message: "\(folder): can't be made: \(error.localizedDescription)")
        }
        let quantizer = try Quantizer(file, mix: mix, allowsRequantizing: true, runtime: runtime)
        try quantizer.write(to: path, replaces: !areKept, isCancelled: isCancelled) { _, done, count in
            progress("making \(mix.rawValue): \(done) of \(count) tensors")
        }
        return path
    }

    /// Removes what isn't kept.
    func clear() {
        if !areKept { try? FileManager.default.removeItem(atPath: folder) }
    }
}
