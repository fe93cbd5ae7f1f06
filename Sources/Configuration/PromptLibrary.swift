/// The prompts to begin with: those that come with the program, in `prompts/*.yaml`, and the user's own.
///
/// ```yaml
/// prompts:
///   - title: Explain a term to a newcomer
///     task: explain
///     text: |
///       Explain {{term}} in three sentences.
/// ```
public struct PromptLibrary: Sendable, Equatable {
    /// In the order of the files' names and of each file.
    public let entries: [PromptTemplate]
    /// What is wrong with files that couldn't be used, one line each.
    public let complaints: [String]

    /// Reads all files. One that can't be used takes none of the others away.
    public init(files: ShippedFiles) {
        var entries: [PromptTemplate] = []
        var complaints: [String] = []
        for name in files.names(in: "prompts").map({ "prompts/\($0)" }) {
            do {
                let isOwn = try files.userContents(of: name) != nil
                let file = isOwn ? files.userPath(of: name) ?? name : name
                entries += try Self.templates(yaml: files.contents(of: name), file: file)
            } catch {
                complaints.append("\(error)")
            }
        }
        self.entries = entries
        self.complaints = complaints
    }

    /// The templates of one file.
    ///
    /// - Parameters:
    ///   - yaml: the file's contents.
    ///   - file: the file's name, for errors.
    /// - Throws: ``ConfigurationError``.
    public static func templates(yaml: String, file: String) throws -> [PromptTemplate] {
        let root = try YAMLField(text: yaml, file: file).mapping(known: ["prompts"])
        let expected = "a list of prompts, each with title, task and text"
        var titles: Set<String> = []
        return try root["prompts"].list(expected: expected).map { field in
            let fields = try field.mapping(known: ["title", "task", "text"])
            let title = try fields["title"].line()
            guard titles.insert(title).inserted else {
                throw fields["title"].error(expected: "each title once", remedy: "rename one of them")
            }
            let task = try fields["task"].line(expected: "one word, such as explain")
            guard !task.contains(where: \.isWhitespace) else {
                throw fields["task"].error(expected: "one word, such as explain")
            }
            let text = try fields["text"].text()
            do {
                return try PromptTemplate(title: title, task: task, text: text)
            } catch let error as PromptTemplateError {
                throw fields["text"].error(
                    expected: "places such as {{text}}", found: error.found, remedy: error.remedy)
            }
        }
    }
}
