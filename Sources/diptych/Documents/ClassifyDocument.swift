import Chat
import Evaluation
import Tasks

/// What `classify --json` writes.
struct ClassifyDocument: JSONDocument {
    struct Side: Codable, Sendable, Equatable {
        var figures: SideFigures
        /// Missing where nothing was expected.
        var macroF1: Double?
        /// [expected][given]; the last column counts answers that are none of the labels.
        var confusion: [[Int]]?
    }

    var schema = 1
    let data: String
    let examples: Int
    let labels: [String]
    let calibration: ClassificationTask.Calibration
    let shots: Int
    let sides: [Side]

    init(_ report: ClassificationReport) {
        data = report.title
        examples = report.exampleCount
        labels = report.task.labels
        calibration = report.task.calibration
        shots = report.task.shots.count
        sides = report.sides.map {
            Side(figures: SideFigures($0.result), macroF1: $0.macroF1, confusion: $0.matrix?.counts)
        }
    }
}

/// The figures of one side of any task.
struct SideFigures: Codable, Sendable, Equatable {
    var name: String
    var role: String?
    var kind: SolverProfile.Kind
    var fileBytes: Int?
    /// Missing where nothing was expected.
    var accuracy: ShareFigures?
    var failures: Int
    var itemsPerHour: Double?
    var p50Ms: Double?
    var p95Ms: Double?
    var p99Ms: Double?
    var loadMs: Double
    var prepareMs: Double
    var memoryBytes: Int?
    var costPerThousand: Double?
    var currency: String?

    init(_ result: SolverResult) {
        name = result.profile.name
        role = result.role.isEmpty ? nil : result.role
        kind = result.profile.kind
        fileBytes = result.profile.bytes
        accuracy = ShareFigures(result.accuracy)
        failures = result.outcomes.values.count { $0.failure != nil }
        itemsPerHour = result.itemsPerHour
        p50Ms = result.latency?.p50.milliseconds
        p95Ms = result.latency?.p95.milliseconds
        p99Ms = result.latency?.p99.milliseconds
        loadMs = result.measurement.loadSeconds * 1000
        prepareMs = result.measurement.prepareSeconds * 1000
        memoryBytes = result.measurement.memoryBytes
        costPerThousand = result.costPerThousand
        currency = result.costPerThousand == nil ? nil : result.profile.price?.currency
    }
}
