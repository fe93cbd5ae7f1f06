import Foundation
import Transport

/// Where a pulled model came from: a small file beside the model's first one.
///
/// It grows with each file that was verified, so that files of two versions are never taken for one model.
public struct ModelOrigin: Codable, Sendable, Equatable {
    /// Behind the name of the model's first file.
    public static let suffix = ".origin.json"

    public struct File: Codable, Sendable, Equatable {
        /// Below the models' folder.
        public var path: String
        public var bytes: Int
        public var sha256: String
    }

    /// A repository of the Hugging Face Hub.
    public struct Hub: Codable, Sendable, Equatable {
        /// "owner/name".
        public var repository: String
        /// Branch, tag or commit.
        public var revision: String
        /// "Q4_K_M", or the file's path where its name says nothing.
        public var quantization: String
        /// Whether this is what the repository gives to those who don't choose.
        public var isDefault: Bool
    }

    /// A file on a server.
    public struct Web: Codable, Sendable, Equatable {
        /// Without its query, which may hold a secret.
        public var url: String
        /// SHA-256 of the whole URL.
        public var urlDigest: String
    }

    public var schema = 1
    public var hub: Hub?
    public var web: Web?
    /// How many files the model has.
    public var fileCount: Int
    /// Those that are here, in the order of the parts.
    public var files: [File] = []

    init(hub: Hub? = nil, web: Web? = nil, fileCount: Int) {
        self.hub = hub
        self.web = web
        self.fileCount = fileCount
    }

    /// Whether all files have been here.
    var isComplete: Bool { files.count == fileCount }

    /// Nil if there is none, or none that can be read.
    public static func read(from path: String) -> ModelOrigin? {
        guard let data = FileManager.default.contents(atPath: path),
            let origin = try? JSONDecoder().decode(ModelOrigin.self, from: data), origin.schema == 1,
            origin.files.allSatisfy({ PulledFile.isSafe($0.path) })
        else { return nil }
        return origin
    }

    /// Replaces the file at once.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try PartialFile.replace(path, with: encoder.encode(self) + [UInt8(ascii: "\n")])
    }
}

extension PartialFile {
    /// Replaces a small file at once: whoever reads it finds the old contents or the new ones.
    static func replace(_ path: String, with contents: Data) throws {
        let temporary = path + ".new"
        unlink(temporary)
        let file = try PartialFile(path: temporary, keeping: 0, cancellation: Cancellation())
        try contents.withUnsafeBytes { try file.append($0) }
        try file.synchronize()
        guard rename(temporary, path) == 0 else { throw FileError("rename", temporary) }
    }
}

extension PulledFile {
    /// Whether a path that a server gave stays in the folder that it is put in, and can be shown as it is.
    static func isSafe(_ path: String) -> Bool {
        let names = path.split(separator: "/", omittingEmptySubsequences: false)
        return names.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && $0.utf8.count <= 200 }
            && path.unicodeScalars.allSatisfy { !$0.properties.isControlOrFormat && $0 != "\\" }
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isControlOrFormat: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
        default: false
        }
    }
}
