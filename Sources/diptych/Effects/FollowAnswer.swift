import Chat
import Playground

/// Leads a pane's model through another pane's answer.
struct FollowAnswer {
    var request: FollowRequest

    func perform(in context: EffectContext) {
        let request = request
        guard let follower = context.backend(of: request.follower) as? any Scoring else {
            context.post(.follow(request.id, .failed("this backend can't be led through an answer")))
            return
        }
        let leader = context.backend(of: request.leader)
        context.start(.run(request.id, pane: request.follower)) {
            do {
                // Text may be divided otherwise than the answer was; tokens are what was said.
                let isShared = leader.map { follower.sharesVocabulary(with: $0) } ?? false
                let answer = isShared ? request.tokens ?? .text(request.text) : .text(request.text)
                for try await event in follower.score(answer, to: request.chat, against: leader) {
                    context.post(.follow(request.id, .scoring(event)))
                }
                context.post(.follow(request.id, .ended))
            } catch is CancellationError {
                context.post(.follow(request.id, .ended))
            } catch {
                context.post(.follow(request.id, .failed(String(oneLine: error))))
            }
        }
    }
}
