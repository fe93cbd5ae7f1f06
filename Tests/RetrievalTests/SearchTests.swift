import EngineTestSupport
import Foundation
import InferenceCore
import Testing

@testable import Retrieval

/// Searches, and how well they do.
@Suite("Searching")
struct SearchTests {
    @Test("each mode ranks by its own score, and says what it took", arguments: SearchMode.allCases)
    func modes(mode: SearchMode) async throws {
        let folder = try SampleFolder()
        try await folder.build()
        let result = try await folder.searcher().search("where do ships rest", count: 2, mode: mode)
        let best = try #require(result.hits.first)
        #expect(best.path == "notes/ships.txt" && best.rank == 1 && best.lines == 1...3)
        #expect((best.bm25 == nil) == (mode == .dense))
        #expect((best.dense == nil) == (mode == .bm25))
        #expect((result.times.embed == nil) == (mode == .bm25))
        #expect((result.times.bm25 == nil) == (mode == .dense))
        switch mode {
        case .fused: #expect(abs(best.score - 2 / 61.0) < 1e-12)
        case .bm25: #expect(best.score == best.bm25?.score)
        case .dense: #expect(best.score == best.dense?.score)
        }
        #expect(result.hits.count <= 2)
    }

    @Test("without an encoder words alone are searched")
    func wordsOnly() async throws {
        let folder = try SampleFolder()
        try await folder.build()
        let searcher = try await folder.searcher(nil)
        #expect(
            try await searcher.search("parse tokens", count: 1, mode: .bm25).hits.first?.path == "code/Parser.swift")
        await #expect(throws: IndexError.noEncoder(path: folder.index)) {
            _ = try await searcher.search("parse tokens", count: 1)
        }
    }

    @Test("an empty folder has an index in which nothing is found")
    func empty() async throws {
        let folder = try SampleFolder([:])
        let summary = try await folder.build()
        #expect(summary.passages == 0)
        for mode in SearchMode.allCases {
            #expect(try await folder.searcher().search("anything", count: 5, mode: mode).hits.isEmpty)
        }
    }

    @Test("searches at the same time get what they would get alone")
    func concurrent() async throws {
        let folder = try SampleFolder()
        try await folder.build()
        let searcher = try await folder.searcher()
        let questions = ["ships", "bread", "tokens", "hot oven"]
        var alone: [[SearchHit]] = []
        for question in questions { alone.append(try await searcher.search(question, count: 3).hits) }
        let expected = alone
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for round in 0..<40 {
                group.addTask {
                    let index = round % questions.count
                    return try await searcher.search(questions[index], count: 3).hits == expected[index]
                }
            }
            for try await isSame in group { #expect(isSame) }
        }
    }

    @Test("an index that is replaced while it is open is searched as it was")
    func replaced() async throws {
        let folder = try SampleFolder()
        try await folder.build()
        let searcher = try await folder.searcher()
        try folder.remove("notes/ships.txt")
        try await folder.build()
        #expect(try await searcher.search("ships", count: 1).hits.first?.path == "notes/ships.txt")
        #expect(try await folder.searcher().search("ships", count: 1, mode: .bm25).hits.isEmpty)
    }

    @Test("places of answers are a list, or stand between semicolons")
    func questions() throws {
        for text in [#"["a.md", "b/c d.swift:12"]"#, "a.md; b/c d.swift:12 "] {
            let question = try #require(RetrievalQuestion("q", places: text))
            #expect(question.expected.map(\.path) == ["a.md", "b/c d.swift"])
            #expect(question.expected.map(\.line) == [nil, 12])
        }
        for wrong in ["", " ", "[]", "[1]", #"["a.md", 1]"#, " ; ", #"[""]"#] {
            #expect(RetrievalQuestion("q", places: wrong) == nil, "\(wrong)")
        }
    }

    @Test(
        "an answer cites a place or doesn't",
        arguments: [
            ("In a harbour [notes/ships.txt:3].", true), ("[guide.md:1-2, notes/ships.txt:1-3] says so", true),
            ("[x.md:4] and [y[notes/ships.txt:2-9]", true), ("In a harbour [notes/ships.txt:4-9].", false),
            ("notes/ships.txt:3", false), ("[other/notes/ships.txt:3]", false), ("[notes/ships.txt:9-1]", false),
            ("[paper.pdf:p7]", true), ("[paper.pdf:p8-12]", true), ("[paper.pdf]", false), ("[1]", false), ("", false),
            ("[notes/ships.txt:3", false),
        ])
    func cited(answer: String, isRight: Bool) throws {
        let question = try #require(RetrievalQuestion("q", places: "notes/ships.txt:3; paper.pdf"))
        #expect(question.isCited(in: answer) == isRight)
    }

    @Test("an index has another fingerprint once its passages change")
    func fingerprint() async throws {
        let folder = try SampleFolder()
        try await folder.build()
        let first = try await folder.searcher().fingerprint
        try folder.write(try #require(SampleFolder.files["guide.md"]), as: "guide.md", age: 60)
        try await folder.build()
        #expect(try await folder.searcher().fingerprint == first)
        try folder.write("# Guide\n\nHow to bake cakes.\n", as: "guide.md", age: 30)
        try await folder.build()
        #expect(try await folder.searcher().fingerprint != first)
    }

    @Test("recall and mean reciprocal rank count what is there")
    func report() throws {
        let ranks: [[SearchMode: Int]] = [[.fused: 1, .bm25: 7], [.fused: 5], [.fused: 6, .bm25: 2], [:]]
        let report = RecallReport(rows: ranks.map { .init(question: "q", ranks: $0) })
        #expect(report.recall(.fused, at: 1)?.value == 0.25)
        #expect(report.recall(.fused, at: 5)?.value == 0.5)
        #expect(report.recall(.bm25, at: 5)?.value == 0.25)
        #expect(report.recall(.dense, at: 10)?.value == 0)
        #expect(abs(report.meanReciprocalRank(.fused) - (1 + 0.2 + 1 / 6.0) / 4) < 1e-12)
        #expect(report.onlyIn(.fused, .bm25, at: 5) == (2, 1))
        let interval = try #require(report.recall(.fused, at: 5)?.interval)
        // Wilson's interval of 2 in 4.
        #expect(abs(interval.lowerBound - 0.150039) < 1e-5 && abs(interval.upperBound - 0.849961) < 1e-5)
    }

    @Test("an evaluation asks every question in every mode")
    func evaluation() async throws {
        let folder = try SampleFolder()
        try await folder.build()
        let questions = try [
            ("where do ships rest", "notes/ships.txt:3"), ("parse tokens", "nowhere.md; code/Parser.swift"),
            ("bread", "guide.md:99"),
        ]
        .map { try #require(RetrievalQuestion($0, places: $1)) }
        let report = try await folder.searcher().evaluate(questions)
        #expect(report.rows.map { $0.ranks[.fused] } == [1, 1, nil])
        #expect(report.rows.allSatisfy { $0.ranks[.dense] != 0 })
    }

    @Test("a snippet is the lines with the question's words")
    func snippet() {
        let text = "first line\nsecond about ships\n\nthird   about harbours and ships\nlast"
        #expect(
            Snippet.lines(of: text, for: "harbour ship")
                == ["second about ships", "third about harbours and ships"])
        #expect(Snippet.lines(of: text, for: "zebra", count: 1) == ["first line"])
        #expect(Snippet.lines(of: "", for: "x").isEmpty)
        #expect(Snippet.lines(of: String(repeating: "a", count: 300), for: "x", width: 10) == ["aaaaaaaaa…"])
    }

    @Test("MiniLM finds by meaning what no word tells, and reads batches as single texts")
    func miniLM() async throws {
        guard let weights = try RealModel.path("all-minilm-l6-v2") else { return }
        let path = URL(filePath: weights).deletingLastPathComponent().path
        let runtime = Runtime()
        let narrow = try TextEncoder(path: path, runtime: runtime, blockFormat: TensorFormat(name: "Q8_0"))
        let wide = try TextEncoder(path: path, runtime: runtime)
        let texts = ["The cat sleeps.", "A vessel on the ocean, sailing.", "Compile the program with optimisation."]
        let (batch, exact) = (try await wide.vectors(of: texts), try await narrow.vectors(of: texts))
        for (index, text) in texts.enumerated() {
            #expect(try await wide.vectors(of: [text])[0].map(\.bitPattern) == batch[index].map(\.bitPattern))
            let cosine = zip(batch[index], exact[index]).reduce(0.0) { $0 + Double($1.0 * $1.1) }
            #expect(cosine > 0.999)
        }
        let folder = try SampleFolder()
        let indexer = FolderIndexer(folder: folder.folder, index: folder.index, encoder: narrow, encoderName: "minilm")
        for try await _ in indexer.run() {}
        // Made with narrow weights, searched with wide ones: the same encoder.
        let searcher = try await Searcher(index: folder.index, encoder: wide, runtime: runtime)
        let hit = try await searcher.search("boats on the ocean", count: 1, mode: .dense).hits.first
        #expect(hit?.path == "notes/ships.txt")
    }
}
