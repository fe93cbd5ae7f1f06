import Chat
import Evaluation
import Reports

extension Distillation {
    /// Makes vectors of the texts that the teacher labelled.
    func learn(
        _ parts: DistillationParts, _ labels: SolverResult, _ vectors: VectorRecord?,
        _ progress: inout DistillationProgress, isolation: isolated (any Actor)? = #isolation,
        _ onUpdate: (TaskUpdate) async throws -> Void
    ) async throws -> Lessons {
        try await onUpdate(.phase(.loading, side: 1))
        var lessons = Lessons(labelCounts: plan.labels.map { _ in 0 })
        let total = parts.training.count + parts.validation.count
        let validation = Set(parts.validation.map(\.id))
        for (index, example) in (parts.training + parts.validation).enumerated() {
            try Task.checkCancellation()
            var seconds: Double?
            switch plan.lesson(of: labels.outcomes[example.id]?.solution) {
            case .unlabelled: lessons.unlabelled += 1
            case .unsure: lessons.unsure += 1
            case .target(let target):
                let clock = ContinuousClock()
                let start = clock.now
                let kept = vectors?.vector(of: example.text)
                var found = kept
                if found == nil { found = try await vector(of: example, keptIn: vectors) }
                if let vector = found {
                    if validation.contains(example.id) {
                        lessons.validation.add(vector, target: target)
                    } else {
                        lessons.training.add(vector, target: target)
                    }
                    lessons.labelCounts[target.firstIndex(of: target.max() ?? 0) ?? 0] += 1
                } else {
                    lessons.refused += 1
                }
                if kept == nil {
                    seconds = (clock.now - start).inSeconds
                    lessons.embeddingSeconds += seconds ?? 0
                }
            }
            try await onUpdate(progress.embedded(seconds))
            try await onUpdate(.figures([.init("vectors", "\(index + 1) of \(total)")], side: 1))
        }
        return lessons
    }

    /// - Returns: nil for a text that the encoder refuses.
    private func vector(
        of example: Example, keptIn vectors: VectorRecord?, isolation: isolated (any Actor)? = #isolation
    ) async throws -> [Float]? {
        do {
            let vector = try await encoder.embed(example.text)
            try vectors?.add(vector.components, tokens: vector.tokens, of: example.text)
            return vector.components
        } catch let error as any RefusingError where error.refusal != nil {
            return nil
        }
    }

    /// Chooses the penalty on the validation part, then learns from both parts.
    func fit(
        _ lessons: inout Lessons, _ parts: DistillationParts, isolation: isolated (any Actor)? = #isolation,
        _ onUpdate: (TaskUpdate) async throws -> Void
    ) async throws -> Student {
        guard lessons.training.count > 0, lessons.validation.count > 0 else {
            throw TaskError(
                "expected texts to learn from, found none: the teacher gave no label for \(lessons.unlabelled), was "
                    + "unsure of \(lessons.unsure), and the encoder refused \(lessons.refused)")
        }
        try await onUpdate(.figures([.init("texts", "\(lessons.labelCounts.reduce(0, +)) learned")], side: 1))
        let (training, validation) = (lessons.training, lessons.validation)
        let clock = ContinuousClock()
        let start = clock.now
        let (search, fit) = try await onOwnThread { checkpoint in
            let search = try PenaltySearch.search(
                training: training, validation: validation, checkpoint: checkpoint)
            let objective = SoftmaxObjective(training + validation, penalty: search.best.penalty)
            return (search, try SoftmaxRegression.fitted(to: objective, checkpoint: checkpoint))
        }
        lessons.fittingSeconds = (clock.now - start).inSeconds
        lessons.trials = search.trials
        lessons.penalty = search.best.penalty
        lessons.hasConverged = fit.minimum.hasConverged
        try await onUpdate(.figures([], side: 1))
        return Student(
            labels: plan.labels,
            encoder: encoderIdentity, regression: fit.regression,
            training: Student.Training(
                teacher: teacher.profile.name, teacherFingerprint: teacher.profile.fingerprint, source: title,
                date: date, seed: plan.seed, trainingTexts: training.count, validationTexts: validation.count,
                penalty: search.best.penalty, temperature: plan.temperature,
                minimumConfidence: plan.minimumConfidence))
    }
}
