### Sentences that tell several notes at once, and the clauses in them. Their arguments stand in phrases.rs.

# A package, as its proposer puts it: clauses with a verb, one for each group of levers.
package-part = { $group ->
    [pie] { $by ->
        [me] propose { $moves }
       *[them] proposes { $moves }
    }
    [offers] { $by ->
        [me] offer { $moves }
       *[them] offers { $moves }
    }
    [asks] { $by ->
        [me] ask for { $moves }
       *[them] asks for { $moves }
    }
    [tightens] would tighten { $moves }
   *[lets] { $by ->
        [me] let the other tighten { $moves }
       *[them] lets the other tighten { $moves }
    }
}
package-nothing = { $by ->
    [me] offer to leave all as it is
   *[them] offers to leave all as it is
}

# What an offer is worth to each, and how it is answered.
offer-worth = { $refused ->
    [none] { $own } to itself and { $theirs } to { $hearer }, which takes it: waiting is worth { $waiting }
    [below_waiting] { $own } to itself and { $theirs } to { $hearer }, which would rather wait: waiting is worth { $waiting }
    [below_ask] { $own } to itself and { $theirs } to { $hearer }, which holds out for { $asks }
    [loss] { $own } to itself and { $theirs } to { $hearer }, a loss
    [fails_at_home] { $own } to itself and { $theirs } to { $hearer }, which could not get it through at home
    [proposer_loses] { $own } to itself and { $theirs } to { $hearer }; { $proposer } itself would not sign it
   *[said_no] { $own } to itself and { $theirs } to { $hearer }, which says no
}
offer-first = { $who } { $package }. Worth { $worth }.
offer-second = { $how ->
    [same] { $who } offers nearly the same: worth { $worth }.
    [levels] { $who } would have { $levels } instead: worth { $worth }.
   *[package] { $who } { $package }: worth { $worth }.
}
level-at = { $lever } at { $level }
offer-taken = { $offers ->
    [1] { $who_first } { $package }. Worth { $worth }.
   *[other] At offer { $offers } { $who } { $package }. Worth { $worth }.
}
last-offer = { $refused ->
    [below_waiting] { $party } was last offered { $worth } and would rather wait (worth { $waiting })
    [below_ask] { $party } was last offered { $worth } and held out for { $asks }
    [loss] { $party } was last offered { $worth } (a loss)
    [fails_at_home] { $party } was last offered { $worth } and could not get it through at home
    [proposer_loses] { $party } was last offered { $worth } but { $proposer } itself would not sign it
   *[said_no] { $party } was last offered { $worth } and said no
}
no-agreement = { $offers ->
    [few] No agreement: { $last }.
   *[other] No agreement after { $offers } offers: { $last }.
}
came-near = They came { $progress } of the way.

# How a package fared at home, on both sides.
vote-of = { $party } (support { $support })
votes = { $how ->
    [passes] It passes at home in { $first }.
    [fails] It fails at home in { $first }.
    [both-pass] It passes at home in { $first } and in { $second }.
    [both-fail] It fails at home in { $first } and in { $second }.
   *[split] It passes at home in { $first } but fails in { $second }.
}

review-of = { $lever } { $delivered }
reviews = { $whose } pledges are reviewed; delivered: { $found }.

tone-moved = Tone { $from } to { $to }.

# What the numbers on a page of a told game mean.
scales = { $life ->
    [none] { $tone ->
        [moves] Worths are in points; tone runs from -1 to +1.
       *[still] Worths are in points.
    }
   *[other] { $tone ->
        [moves] Worths are in points, over the { $life } { $unit }s that a deal is counted to live; tone runs from -1 to +1.
       *[still] Worths are in points, over the { $life } { $unit }s that a deal is counted to live.
    }
}

# What a delegation waits for: the other side, and what it is asked.
waits-for = { $asked ->
    [move] { $other_first } decides what to do in public.
    [offer] { $other_first } writes an offer.
    [answer] { $other_first } considers your offer.
    [ratify] A package is initialled: { $other } decides whether it passes at home.
    [invitation] { $other_first } decides whether to accept the invitation to a summit.
   *[extend] { $other_first } decides whether to keep the truce.
}

# Until when the truce holds; the weeks that are left.
truce-until = { $weeks ->
    [lapsed] The truce has lapsed.
    [beyond] The truce holds beyond the end of the game.
    [0] The truce runs out in the week of { $day }: it is decided now.
    [1] The truce runs out in the week of { $day }: 1 week left.
   *[other] The truce runs out in the week of { $day }: { $weeks } weeks left.
}

# An offer after an earlier one of the same side in the same meeting: what it changes.
offer-again = { $who } offers ({ $exchange } of { $exchanges }, { $refused ->
    [yes] refused
   *[no] accepted
}): { $how ->
    [same] the same as before
    [rest] { $package }, the rest as before
   *[all] { $package }
}

# What a card of the teacher's deck moves.
card-mood = the mood by { $by }
card-lever = { $moves ->
    [1] { $way ->
        [friendlier] { $lever } by one big move, friendlier, as far as it can be moved
       *[harsher] { $lever } by one big move, harsher, as far as it can be moved
    }
   *[other] { $way ->
        [friendlier] { $lever } by { $moves } big moves, friendlier, as far as it can be moved
       *[harsher] { $lever } by { $moves } big moves, harsher, as far as it can be moved
    }
}
card-both = { $mood } and { $lever }
card-nothing = nothing

# In the room's news, after the day on which its week begins.
dated = { $day }: { $said }

# What would have been otherwise at a turning point.
parties = { $how ->
    [one] { $first }
    [either] { $first } or { $second }
   *[both] { $first } and { $second }
}
otherwise = { $matter ->
    [truce] { $said ->
        [yes] Had { $who } refused the truce
       *[no] Had { $who } agreed to the truce
    }
    [invitation] { $said ->
        [yes] Had { $who } declined the summit
       *[no] Had { $who } accepted the summit
    }
    [ratification] { $said ->
        [yes] Had the package failed at home in { $who }
       *[no] Had the package passed at home in { $who }
    }
   *[offer] { $said ->
        [yes] Had { $who } refused the offer of exchange { $exchange }
       *[no] Had { $who } taken the offer of exchange { $exchange }
    }
}
otherwise-nothing = nobody decided anything; time passed
