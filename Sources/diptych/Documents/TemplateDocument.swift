/// What `template --json` writes.
struct TemplateDocument: JSONDocument {
    var schema = 1
    var prompt: String
}
