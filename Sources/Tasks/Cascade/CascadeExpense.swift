/// What is to be saved.
public enum CascadeExpense: String, Sendable, Equatable, Codable, CaseIterable {
    case time, cost
}
