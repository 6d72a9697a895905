//! The words of the way to the public and of what is asked afterwards.

use rules::{
    review::{Gate, ReviewRefusal, WayFault},
    standing::{RequestRefusal, RequestState},
};

pub(super) fn step(refusal: ReviewRefusal) -> String {
    use ReviewRefusal as R;
    let sentence = match refusal {
        R::AlreadySubmitted => "这一版本已经送审",
        R::NotUnderReview => "这一版本没有送审，或者已经退回起草人",
        R::NotThisStep => "现在不在这一环节：还没有轮到，或者已经办结",
        R::UnknownParty => "这一轮审核没有征求这一方的意见",
        R::AlreadyDecided => "您已经办理过这一环节",
        R::DecidedByAnother => "这一环节已由其他人办理",
        R::TextChanged => "内容在您查看之后有改动，请重新查看后再办理",
        R::OwnText => "起草、修改或者送审过这一版本的人，不能审核、保密审查、签发或者紧急发布它",
        R::TwoSteps(gate) => {
            return format!(
                "您已经办理过这一内容的{}，一人只能办理一个环节，请由其他人办理",
                review_gate(gate)
            );
        }
        R::NobodyConcerned => "请选择退回给谁",
        R::NotConcerned => "只能退回给起草人，或者退回到前面的环节",
        R::CannotRefuse => "只有保密审查可以作出不通过的结论；其他环节请退回",
        R::NotAnAuthor => "只有起草人或者送审人可以撤回送审",
        R::NotCleared => "还有环节没有办结，不能发布",
        R::AlreadyScheduled => "这一版本已经定时发布，请先取消定时",
        R::NotScheduled => "这一版本没有定时",
        R::AlreadyPublic => "这一版本已经发布",
        R::NothingAfterwards => "这一版本没有待办的事后审查",
        R::OwnEmergency => "紧急发布的人不能自己作事后审查，请由其他人办理",
    };
    sentence.to_owned()
}

/// The name of a step of the way.
pub fn review_gate(gate: Gate) -> &'static str {
    match gate {
        Gate::Round(_) => "审核",
        Gate::Secrecy => "保密审查",
        Gate::SignOff => "签发",
        Gate::Publication => "发布",
    }
}

pub(super) fn request(refusal: RequestRefusal) -> &'static str {
    match refusal {
        RequestRefusal::Settled => "这份申请已经办结",
        RequestRefusal::NotAnEmergency => "这份申请不是待事后审查的紧急撤回",
        RequestRefusal::OwnRequest => "申请人不能确认自己的申请，请由其他人办理",
        RequestRefusal::NotTheAsker => "只有申请人可以收回申请",
    }
}

pub(super) fn way_fault(fault: WayFault) -> &'static str {
    match fault {
        WayFault::TooManyRounds => "审核最多设三轮",
        WayFault::NobodyAsked => "每一轮审核至少要有一方参加",
        WayFault::NoName => "请填写这一轮审核的名称",
    }
}

/// 更正、撤回、废止 for a stored word.
pub fn standing_kind(code: &str) -> &'static str {
    match code {
        "correct" => "更正",
        "withdraw" => "撤回",
        "repeal" => "废止",
        _ => "其他",
    }
}

/// Where a request stands, and how its mark looks.
pub fn standing_state(kind: &str, state: RequestState) -> (&'static str, &'static str) {
    match state {
        RequestState::Open => ("等待第二人确认", "waiting"),
        RequestState::Confirmed if kind == "correct" => ("已建立更正稿", "done"),
        RequestState::Confirmed => ("已办理", "done"),
        RequestState::Refused => ("未获同意", "plain"),
        RequestState::TakenBack => ("已收回", "plain"),
        RequestState::Emergency => ("已紧急撤回，待事后审查", "waiting"),
        RequestState::Upheld => ("紧急撤回，事后审查通过", "done"),
        RequestState::Objected => ("紧急撤回不当，应重新发布", "late"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Refusal;

    #[test]
    fn every_refusal_of_the_way_is_a_chinese_sentence_without_latin_letters() {
        let way = [WayFault::TooManyRounds, WayFault::NobodyAsked, WayFault::NoName].map(Refusal::Way);
        let requests = [
            RequestRefusal::Settled,
            RequestRefusal::NotAnEmergency,
            RequestRefusal::OwnRequest,
            RequestRefusal::NotTheAsker,
        ];
        let steps = review_refusals().into_iter().map(Refusal::Review);
        let all = steps.chain(way).chain(requests.map(Refusal::Request));
        for sentence in all.map(|refusal| crate::words::refusal(&refusal)) {
            assert!(sentence.chars().count() > 4, "{sentence}");
            assert!(!sentence.chars().any(|c| c.is_ascii_alphabetic()), "{sentence}");
        }
    }

    fn review_refusals() -> Vec<ReviewRefusal> {
        use ReviewRefusal as R;
        let gates = [Gate::Round(1), Gate::Secrecy, Gate::SignOff, Gate::Publication];
        let plain = [
            R::AlreadySubmitted,
            R::NotUnderReview,
            R::NotThisStep,
            R::UnknownParty,
            R::AlreadyDecided,
            R::DecidedByAnother,
            R::TextChanged,
            R::OwnText,
            R::NobodyConcerned,
            R::NotConcerned,
            R::CannotRefuse,
            R::NotAnAuthor,
            R::NotCleared,
            R::AlreadyScheduled,
            R::NotScheduled,
            R::AlreadyPublic,
            R::NothingAfterwards,
            R::OwnEmergency,
        ];
        plain.into_iter().chain(gates.map(R::TwoSteps)).collect()
    }
}
