import Retrieval

extension IndexSummary {
    /// - Throws: ``CommandFailure`` where the folder has nothing that could be found again.
    func requireFiles(in folder: String) throws {
        guard files == 0 else { return }
        let left = skipped.first.map { "; \($0.path) was left out: \($0.explanation)" } ?? ""
        throw CommandFailure(
            message: "\(folder): expected files to read (text, Markdown, HTML, PDF), found none\(left); name a folder "
                + "that has some")
    }
}
