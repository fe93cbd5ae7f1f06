/// How a file's text is divided.
public enum FileKind: UInt8, Sendable, CaseIterable {
    /// Paragraphs, with underlined headings.
    case plain
    case markdown
    /// Declarations and what is in them.
    case source
    /// Paragraphs between tags.
    case html
    /// Pages that `pdftotext` reads.
    case pdf

    /// - Parameter name: of the file, without its folders.
    init(name: String) {
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
        self =
            switch ending {
            case "md", "markdown", "mdx", "mkd": .markdown
            case "html", "htm", "xhtml": .html
            case "pdf": .pdf
            case _ where Self.sourceEndings.contains(ending): .source
            default: .plain
            }
    }

    private static let sourceEndings: Set<String> = [
        "awk", "bash", "c", "cc", "clj", "cmake", "cpp", "cs", "cxx", "el", "erl", "ex", "exs", "go", "h", "hh", "hpp",
        "hs", "java", "jl", "js", "jsx", "kt", "kts", "lisp", "lua", "m", "mjs", "ml", "mm", "php", "pl", "pm", "py",
        "r",
        "rb", "rs", "scala", "sh", "sql", "swift", "tcl", "ts", "tsx", "vim", "zig", "zsh",
    ]

    /// Endings of data, which is text of a kind: where there is much of it, nobody wrote it.
    static let dataEndings: Set<String> = [
        "json", "jsonl", "ndjson", "csv", "tsv", "xml", "plist", "lock", "map", "log", "sum", "yaml", "yml",
    ]

    /// Endings of what holds no text, so that it need not be opened.
    static let binaryEndings: Set<String> = [
        "7z", "a", "avi", "bin", "bmp", "bz2", "class", "db", "deb", "dll", "dylib", "eot", "exe", "flac", "gguf",
        "gif",
        "gz", "ico", "jar", "jpeg", "jpg", "mkv", "mov", "mp3", "mp4", "npy", "npz", "o", "ogg", "onnx", "otf",
        "parquet",
        "png", "pyc", "rar", "rpm", "safetensors", "so", "sqlite", "svg", "tar", "tiff", "ttf", "wasm", "wav", "webp",
        "whl",
        "woff", "woff2", "xz", "zip", "zst",
    ]
}
