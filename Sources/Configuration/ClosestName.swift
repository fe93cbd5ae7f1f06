/// Finds what somebody who mistyped a name may have meant.
public enum ClosestName {
    /// The candidate with the fewest letters to change, or one that contains the name; nil if none is near.
    public static func of(_ name: String, among candidates: [String]) -> String? {
        let name = name.lowercased()
        if name.count >= 3, let containing = candidates.first(where: { $0.lowercased().contains(name) }) {
            return containing
        }
        // Names from the command line may be long; beyond any candidate's length nothing can be near.
        guard name.count <= 128 else { return nil }
        let distances = candidates.map { (candidate: $0, distance: distance(Array(name), Array($0.lowercased()))) }
        guard let nearest = distances.min(by: { $0.distance < $1.distance }) else { return nil }
        return nearest.distance <= max(2, nearest.candidate.count / 3) ? nearest.candidate : nil
    }

    /// Levenshtein's distance: insertions, deletions and replacements.
    private static func distance(_ first: [Character], _ second: [Character]) -> Int {
        var row = Array(0...second.count)
        for (i, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in second.enumerated() {
                let replaced = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
