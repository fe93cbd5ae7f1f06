import Evaluation
import Tasks

/// What `cascade --json` writes.
struct CascadeDocument: JSONDocument {
    /// On the texts that the threshold wasn't chosen with.
    struct Side: Codable, Sendable {
        var figures: SideFigures
        var meanMs: Double
        /// With a model without a price as free.
        var costPerThousand: Double?

        init(_ side: CascadeSummary.Side) {
            figures = SideFigures(side.result)
            meanMs = side.milliseconds
            costPerThousand = side.costPerThousand
        }
    }

    /// A threshold with what it comes to.
    struct Point: Codable, Sendable {
        /// 2 escalates all.
        var threshold: Double
        var escalated: Double
        var accuracy: Double
        var meanMs: Double
        var costPerThousand: Double?

        init(_ point: CascadeStudy.Point) {
            threshold = point.threshold
            escalated = point.escalated
            accuracy = point.accuracy
            meanMs = point.milliseconds
            costPerThousand = point.costPerThousand
        }
    }

    var schema = 1
    let data: String
    let finding: CascadeSummary.Finding
    let goal: String
    let expense: CascadeExpense
    let measure: CascadeRule.Measure
    let threshold: Double
    let choosingExamples: Int
    /// What the threshold came to where it was chosen.
    let chosen: Point
    let escalated: ShareFigures?
    let small: Side
    let cascade: Side
    let large: Side
    /// The cascade's accuracy less each one's alone.
    let differenceToLarge: PairedDifference
    let differenceToSmall: PairedDifference
    let mcNemar: McNemarTest
    /// The cascade's accuracy less what escalating as many texts by lot would give.
    let gainOverChance: PairedDifference
    let calibration: CalibrationError?
    let unjudged: Int
    /// Every threshold, on the texts that it wasn't chosen with.
    let curve: [Point]

    init(_ result: CascadeTrial.Result, data: String) {
        let summary = result.summary
        self.data = data
        finding = summary.finding
        goal = summary.goal.text(summary.expense)
        expense = summary.expense
        (measure, threshold) = (summary.rule.measure, summary.rule.threshold)
        choosingExamples = summary.choosingExamples
        chosen = Point(summary.chosen)
        escalated = ShareFigures(summary.escalated)
        (small, cascade, large) = (Side(summary.small), Side(summary.cascade), Side(summary.large))
        (differenceToLarge, differenceToSmall) = (summary.differenceToLarge, summary.differenceToSmall)
        mcNemar = summary.test
        gainOverChance = summary.gainOverChance
        calibration = summary.calibration
        unjudged = summary.unjudged
        curve = summary.curve.map(Point.init)
    }
}
