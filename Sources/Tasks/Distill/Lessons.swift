/// What there is to learn, and what was left out.
struct Lessons {
    var training = TrainingSet()
    var validation = TrainingSet()
    /// How often the teacher gave each label, of those that are learned. [labels]
    var labelCounts: [Int]
    var unlabelled = 0
    var unsure = 0
    /// Texts that the encoder doesn't take.
    var refused = 0
    var embeddingSeconds = 0.0
    var fittingSeconds = 0.0
    var trials: [PenaltySearch.Trial] = []
    var penalty = 0.0
    var hasConverged = true
}
