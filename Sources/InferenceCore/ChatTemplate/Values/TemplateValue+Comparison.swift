extension TemplateInterpreter {
    /// Python's truth of a value.
    func isTrue(_ value: TemplateValue) throws(ChatTemplateError) -> Bool {
        switch value {
        case .undefined, .none: false
        case .boolean(let value): value
        case .integer(let value): value != 0
        case .float(let value): value != 0
        case .text(let text): !text.isEmpty
        case .list(let sequence), .tuple(let sequence): !sequence.elements.isEmpty
        case .dictionary(let dictionary): dictionary.count > 0
        case .object(let object): try object.count(self) != 0
        }
    }

    /// Python's `==`.
    func isEqual(_ left: TemplateValue, _ right: TemplateValue) throws(ChatTemplateError) -> Bool {
        try spend()
        switch (left, right) {
        case (.undefined, .undefined), (.none, .none): return true
        case (.text(let left), .text(let right)):
            try touch(bytes: min(left.bytes.count, right.bytes.count))
            return left == right
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
            if left === right { return true }
            guard left.elements.count == right.elements.count else { return false }
            for (left, right) in zip(left.elements, right.elements) where try !isEqual(left, right) { return false }
            return true
        case (.dictionary(let left), .dictionary(let right)):
            if left === right { return true }
            guard left.count == right.count else { return false }
            for (key, value) in zip(left.keys, left.values) {
                guard let other = right[try self.key(key)], try isEqual(value, other) else { return false }
            }
            return true
        case (.object(let left), .object(let right)):
            if let left = left as? TemplateRange, let right = right as? TemplateRange {
                return left.values.elementsEqual(right.values)
            }
            return left === right
        default:
            return numericOrder(left, right) == .some(.equal)
        }
    }

    enum Order {
        case less, equal, greater, unordered
    }

    /// The order of two numbers; nil where one of them isn't one.
    private func numericOrder(_ left: TemplateValue, _ right: TemplateValue) -> Order? {
        if let left = left.index, let right = right.index {
            return left < right ? .less : left == right ? .equal : .greater
        }
        guard let left = left.number, let right = right.number else { return nil }
        return left < right ? .less : left == right ? .equal : left > right ? .greater : .unordered
    }

    /// The order that `<`, `<=`, `>` and `>=` see; `sign` names the operator in the error.
    func order(
        _ left: TemplateValue, _ right: TemplateValue, _ sign: String
    ) throws(ChatTemplateError) -> Order {
        try spend()
        try check(left)
        try check(right)
        if let order = numericOrder(left, right) { return order }
        switch (left, right) {
        case (.text(let left), .text(let right)):
            try touch(bytes: min(left.bytes.count, right.bytes.count))
            return left == right ? .equal : left < right ? .less : .greater
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
            for (left, right) in zip(left.elements, right.elements) where try !isEqual(left, right) {
                return try order(left, right, sign)
            }
            let (left, right) = (left.elements.count, right.elements.count)
            return left < right ? .less : left == right ? .equal : .greater
        default:
            throw failure(
                .type, "'\(sign)' not supported between instances of '\(left.typeName)' and '\(right.typeName)'")
        }
    }

    func compare(
        _ left: TemplateValue, _ comparison: TemplateComparisonOperator, _ right: TemplateValue
    ) throws(ChatTemplateError) -> Bool {
        switch comparison {
        case .equal: return try isEqual(left, right)
        case .notEqual: return try !isEqual(left, right)
        case .contained: return try contains(right, left)
        case .notContained: return try !contains(right, left)
        case .less: return try order(left, right, "<") == .less
        case .greater: return try order(left, right, ">") == .greater
        case .lessOrEqual:
            let order = try order(left, right, "<=")
            return order == .less || order == .equal
        case .greaterOrEqual:
            let order = try order(left, right, ">=")
            return order == .greater || order == .equal
        }
    }

    /// Python's `in`.
    func contains(_ container: TemplateValue, _ value: TemplateValue) throws(ChatTemplateError) -> Bool {
        switch container {
        case .text(let text):
            guard case .text(let part) = value else {
                try check(value)
                throw failure(.type, "'in <string>' requires string as left operand, not \(value.typeName)")
            }
            try touch(bytes: text.bytes.count)
            return text.firstIndex(of: part) != nil
        case .dictionary(let dictionary):
            return dictionary[try key(value)] != nil
        default:
            guard let iterator = try iteratorIfAny(container) else {
                throw failure(.type, "argument of type '\(container.typeName)' is not iterable")
            }
            while let element = try iterator.next(self) {
                if try isEqual(element, value) { return true }
            }
            return false
        }
    }

    /// Stable, as Python's `sorted`.
    func sorted(
        _ items: [(key: TemplateValue, value: TemplateValue)], reversed: Bool
    ) throws(ChatTemplateError) -> [TemplateValue] {
        // A merge sort of our own: the library's takes no comparison that fails.
        var order = Array(items.indices)
        var width = 1
        while width < order.count {
            var merged: [Int] = []
            merged.reserveCapacity(order.count)
            for start in stride(from: 0, to: order.count, by: 2 * width) {
                let middle = min(start + width, order.count)
                let end = min(start + 2 * width, order.count)
                var (left, right) = (start, middle)
                while left < middle, right < end {
                    let (first, second) = (items[order[left]].key, items[order[right]].key)
                    let (lower, upper) = reversed ? (first, second) : (second, first)
                    let takesRight = try self.order(lower, upper, "<") == .less
                    merged.append(order[takesRight ? right : left])
                    if takesRight { right += 1 } else { left += 1 }
                }
                merged += order[left..<middle]
                merged += order[right..<end]
            }
            order = merged
            width *= 2
        }
        return order.map { items[$0].value }
    }
}
