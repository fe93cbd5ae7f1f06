import Reports

extension Catalog {
    /// The version of the file's layout that is read here.
    private static let schema = 1

    /// Reads a catalog; `models/README.md` describes the layout.
    ///
    /// - Parameter name: the file's name, for messages.
    /// - Throws: ``CatalogError``.
    public init(yaml: String, name: String) throws {
        let root = try YAMLField(text: yaml, file: name)
        let fields = try root.mapping(known: ["schema", "models"])
        let schema = try fields.required("schema", in: root)
        guard try schema.positiveInteger() == Self.schema else {
            throw schema.error(expected: "\(Self.schema), the only one that this version of diptych reads")
        }
        let list = try fields.required("models", in: root).list()
        self.init(models: try list.map { try CatalogModel($0) })
        try Self.requireUnique("id", in: zip(list, models)) { $0.id }
        try Self.requireUnique("file", in: zip(list, models)) { $0.file }
        try Self.requireUnique("role", in: zip(list, models)) { $0.role?.rawValue }
    }

    private static func requireUnique(
        _ name: String, in models: some Sequence<(YAMLField, CatalogModel)>, _ value: (CatalogEntry) -> String?
    ) throws {
        var seen: Set<String> = []
        for (field, model) in models {
            guard let value = value(model.entry) else { continue }
            guard seen.insert(value).inserted else {
                throw field.error(expected: "\(name) '\(value)' once", found: "it a second time")
            }
        }
    }
}

extension CatalogModel {
    fileprivate init(_ field: YAMLField) throws {
        let fields = try field.mapping(known: [
            "id", "title", "note", "role", "file", "bytes", "sha256", "licence", "parameters", "kv_bytes_per_token",
            "sources",
        ])
        let entry = CatalogEntry(
            id: try fields.required("id", in: field)
                .text("lower-case letters, digits, '.', '_' and '-'", matching: /[a-z0-9][a-z0-9._\-]*/),
            title: try fields.required("title", in: field).text(),
            note: try fields["note"]?.text(),
            role: try fields["role"].map { try CatalogEntry.Role($0) },
            // The file lands in the data directory, nowhere else.
            file: try fields.required("file", in: field)
                .text("a file name without folders", matching: /[A-Za-z0-9_][A-Za-z0-9._+\-]*/),
            bytes: try fields.required("bytes", in: field).positiveInteger(),
            sha256: try fields.required("sha256", in: field)
                .text("64 lower-case hexadecimal digits", matching: /[0-9a-f]{64}/),
            licence: try fields.required("licence", in: field).text(),
            parameters: try fields["parameters"]?.positiveInteger() ?? 0,
            keyValueBytesPerToken: try fields["kv_bytes_per_token"]?.positiveInteger() ?? 0
        )
        self.init(entry: entry, sources: try fields.required("sources", in: field).list().map { try ModelSource($0) })
    }
}

extension CatalogEntry.Role {
    fileprivate init(_ field: YAMLField) throws {
        guard let role = Self(rawValue: try field.text()) else {
            throw field.error(expected: Self.allCases.map(\.rawValue).joined(separator: " or "))
        }
        self = role
    }
}

extension ModelSource {
    fileprivate init(_ field: YAMLField) throws {
        let fields = try field.mapping(known: ["huggingface", "pypi"])
        guard fields.count == 1, let kind = fields.first else {
            throw field.error(expected: "one kind of source", found: "\(fields.count)")
        }
        switch kind.key {
        case "huggingface": self = .huggingFace(try HuggingFaceFile(kind.value))
        default: self = .pyPI(try PyPIPackages(kind.value))
        }
    }
}

extension HuggingFaceFile {
    fileprivate init(_ field: YAMLField) throws {
        let fields = try field.mapping(known: ["repository", "file", "revision"])
        self.init(
            repository: try fields.required("repository", in: field)
                .text("owner/name", matching: /[A-Za-z0-9._\-]+\/[A-Za-z0-9._\-]+/),
            file: try fields.required("file", in: field)
                .text("a path in the repository", matching: /[A-Za-z0-9_][A-Za-z0-9._+\/\-]*/),
            revision: try fields["revision"]?
                .text("a branch, tag or commit", matching: /[A-Za-z0-9][A-Za-z0-9._\-]*/) ?? "main")
    }
}

extension PyPIPackages {
    fileprivate init(_ field: YAMLField) throws {
        let fields = try field.mapping(known: ["packages", "member"])
        self.init(
            packages: try fields.required("packages", in: field).list().map { package in
                // An exact version, and nothing that pip could take for an option or an address.
                try package.text("name==version", matching: /[A-Za-z0-9][A-Za-z0-9._\-]*==[A-Za-z0-9][A-Za-z0-9.!+]*/)
            },
            member: try fields.required("member", in: field).text("a path in the wheel"))
    }
}
