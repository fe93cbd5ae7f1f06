/// The files of one model as they were read: one, or the parts of a split one.
///
/// Each part is a GGUF file of its own with its own tensors; the model's keys stand in the first.
struct GGUFParts {
    /// In the order of the parts; those that can't be read are left out, and the file that was asked for is always
    /// among them.
    private(set) var parsers: [GGUFParser]
    /// In the order of the parts; the first is what opening the model throws.
    private(set) var problems: [GGUFError] = []

    private static let problemLimit = 100

    /// Reads a file and, if it is a part, the others beside it.
    ///
    /// - Throws: ``GGUFError`` if the file itself can't be mapped or was damaged meanwhile.
    init(path: String) throws(GGUFError) {
        try self.init(Self.map(path), readsOthers: true)
    }

    /// Reads a file that is mapped already, and it alone.
    ///
    /// - Throws: ``GGUFError`` if the file was damaged meanwhile.
    init(mapping: MappedFile) throws(GGUFError) {
        try self.init(mapping, readsOthers: false)
    }

    private init(_ mapping: MappedFile, readsOthers: Bool) throws(GGUFError) {
        let parser = try Self.parse(mapping)
        parsers = [parser]
        guard parser.problems.isEmpty else {
            problems = parser.problems
            return
        }
        do throws(GGUFError) {
            guard let split = try GGUFSplit(parser.metadata) else { return }
            guard readsOthers else {
                throw Self.incomplete(mapping.path, "part \(split.index + 1) alone", split)
            }
            try readParts(split)
        } catch {
            note(error)
        }
    }

    /// The tensors of all parts, in their order.
    var tensors: [GGUFTensor] {
        parsers.enumerated().flatMap { part, parser in
            parser.tensors.map { tensor in
                var tensor = tensor
                tensor.part = part
                return tensor
            }
        }
    }

    private mutating func note(_ problem: GGUFError) {
        if problems.count < Self.problemLimit { problems.append(problem) }
    }

    private static func map(_ path: String) throws(GGUFError) -> MappedFile {
        do throws(MappedFileError) {
            return try MappedFile(path: path)
        } catch {
            throw GGUFError(error)
        }
    }

    private static func parse(_ mapping: MappedFile) throws(GGUFError) -> GGUFParser {
        var parser = GGUFParser(file: mapping)
        parser.parse()
        do throws(MappedFileError) {
            try mapping.checkIntact()
        } catch {
            throw GGUFError(error)
        }
        return parser
    }

    // MARK: - Several parts

    /// - Parameter split: what the file that was asked for says.
    private mutating func readParts(_ split: GGUFSplit) throws(GGUFError) {
        let asked = parsers[0]
        guard let name = GGUFPartName(asked.file.path), name.number == split.index + 1, name.count == split.count
        else {
            throw GGUFError(
                .malformed, path: asked.file.path, field: "file name",
                expected: "NAME" + GGUFPartName.ending(part: split.index + 1, of: split.count),
                found: "another name for part \(split.index + 1) of \(split.count)",
                remedy: "give all parts their names back: the others are found by them")
        }
        parsers = []
        for index in 0..<split.count {
            do throws(GGUFError) {
                let path = name.path(ofPart: index + 1)
                let parser = try index == split.index ? asked : Self.parse(Self.mapPart(path, index, split))
                parsers.append(parser)
                if let problem = parser.problems.first { throw problem }
                try checkPart(parser, index, split)
            } catch {
                note(error)
            }
        }
        if problems.isEmpty { checkTensors(split) }
    }

    private static func mapPart(_ path: String, _ index: Int, _ split: GGUFSplit) throws(GGUFError) -> MappedFile {
        do throws(MappedFileError) {
            return try MappedFile(path: path)
        } catch {
            guard error.reason == .notFound else { throw GGUFError(error) }
            throw incomplete(path, "nothing under this name", split, part: index + 1)
        }
    }

    private static func incomplete(
        _ path: String, _ found: String, _ split: GGUFSplit, part: Int? = nil
    ) -> GGUFError {
        GGUFError(
            .missing, path: path, field: "parts",
            expected: part.map { "part \($0) of \(split.count)" } ?? "all \(split.count) parts", found: found,
            remedy: "put all parts of the model into one folder, or pull it again")
    }

    /// Makes sure that a file is the part that its name says, of the same model as the one that was asked for.
    private func checkPart(_ parser: GGUFParser, _ index: Int, _ split: GGUFSplit) throws(GGUFError) {
        guard let own = try GGUFSplit(parser.metadata) else {
            throw Self.foreign(parser, "key split.count", "\(split.count)", "a file that isn't split")
        }
        guard own.index == index else {
            throw Self.foreign(parser, "key split.no", "\(index), as its name says", "\(own.index)")
        }
        guard own.count == split.count else {
            throw Self.foreign(parser, "key split.count", "\(split.count), as in the other parts", "\(own.count)")
        }
        guard own.tensorCount == split.tensorCount else {
            throw Self.foreign(
                parser, "key split.tensors.count", "\(split.tensorCount), as in the other parts", "\(own.tensorCount)")
        }
        guard let first = parsers.first?.metadata else { return }
        // The parts after the first need no such keys, but some converters repeat them.
        for key in ["general.architecture", "general.name"] {
            guard let value = parser.metadata[key], let expected = first[key] else { continue }
            guard value == expected else {
                throw Self.foreign(parser, "key \(key)", "\(expected.text()), as in part 1", value.text())
            }
        }
    }

    private mutating func checkTensors(_ split: GGUFSplit) {
        var homes: [String: String] = [:]
        for parser in parsers {
            for tensor in parser.tensors {
                guard let other = homes.updateValue(parser.file.path, forKey: tensor.name) else { continue }
                note(
                    Self.foreign(
                        parser, "tensor \(tensor.name)", "each name in one part", "it in \(other.visible()) too"))
            }
        }
        let count = parsers.reduce(0) { $0 + $1.tensors.count }
        if count != split.tensorCount {
            note(
                Self.foreign(
                    parsers[0], "key split.tensors.count", "\(split.tensorCount) tensors in all parts", "\(count)"))
        }
    }

    private static func foreign(
        _ parser: GGUFParser, _ field: String, _ expected: String, _ found: String
    ) -> GGUFError {
        GGUFError(
            .malformed, path: parser.file.path, field: field, expected: expected, found: found,
            remedy: "parts of different models were mixed up; pull all parts of one model again")
    }
}
