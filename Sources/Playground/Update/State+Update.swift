import Screen

extension State {
    /// Takes in one event and says what is to be done about it. Pure: the same state and event give the same result.
    public mutating func update(_ event: Event) -> [Effect] {
        switch event {
        case .started: start()
        case .input(.key(let key)): press(key)
        case .input(.paste(let text)): paste(text)
        case .input(.resize(let size)): resize(to: size)
        case .input(.mouse): []
        case .load(let id, let event): load(id, event)
        case .run(let id, let event): run(id, event)
        case .modelsListed(let listings): list(listings)
        case .modelsUnlisted(let failure): unlist(failure)
        case .pull(let id, let event): pull(id, event)
        }
    }

    private mutating func resize(to size: Size) -> [Effect] {
        self.size = size
        return []
    }
}
