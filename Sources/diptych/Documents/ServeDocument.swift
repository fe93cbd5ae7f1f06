/// What `serve --json` writes once the server answers.
struct ServeDocument: JSONDocument {
    var schema = 1
    /// What clients call the base URL.
    var url: String
    /// Names of the models.
    var models: [String]

    var text: String { "serving \(models.joined(separator: ", ")) at \(url)".onOneLine + "\n" }
}
