extension TemplateFilter {
    /// The filters of jinja2 that no chat template needs. A template that names one is read, as in jinja2, and fails
    /// where it uses it.
    static let absent = ["pprint", "random", "striptags", "urlize", "wordwrap"].map { name in
        TemplateFilter(name, signature: ["*"]) { (_, _, interpreter) throws(ChatTemplateError) in
            throw interpreter.failure(.unsupported, "the filter '\(name)' is not supported")
        }
    }
}
