### What happens in a game, in English: a message for each kind of note, in four voices.
###
### told: a sentence for a reader of the whole game. you: a sentence for a seat at the table. room: a clause for both
### sides at once, after the day. odds: a clause in the past, for a turning point. A voice that keeps silent is {""}.
### weight: what a page leaves out first: small, minor, event, major; a result stays. line: yes begins a line of its own.
### headline: what stands on the room's wall; most kinds have none.
###
### Arguments are the note's facts by name, and: $who and $Who, the party that did it ($Who begins a sentence), $whose,
### $other and $Other, $by (me, them, nobody). A fact has forms: $due-day, $moved-blow; see arguments.rs.

incident =
    .told = An accident nobody chose sours the mood.
    .weight = event
    .you = An accident nobody chose sours the mood.
    .room = an accident nobody chose sours the mood
    .odds = an incident soured the mood

shock =
    .told = { $why-known ->
        [yes] { $why-cap }: { $moved }.
       *[no] A court or a law intervenes: { $moved }.
    }
    .weight = major
    .you = { $why-known ->
        [yes] { $why-cap }: { $moved }.
       *[no] A court or a law intervenes: { $moved }.
    }
    .room = { $why-known ->
        [yes] { $why } ({ $moved-change })
       *[no] a court or a law intervenes ({ $moved-change })
    }
    .odds = { $why-known ->
        [yes] { $why }
       *[no] a court moved { $moved-lever }
    }

ruled =
    .told = { $against ->
        [yes] { $stayed ->
            [yes] { $court-known ->
                [yes] { $court-cap }
               *[no] A court
            } rules against { $about-known ->
                [yes] { $about }
               *[no] a law
            }; the ruling is stayed{ $moved-known ->
                [yes] {" "}({ $moved })
               *[no] {""}
            }.
           *[no] { $court-known ->
                [yes] { $court-cap }
               *[no] A court
            } rules against { $about-known ->
                [yes] { $about }
               *[no] a law
            }{ $moved-known ->
                [yes] : { $moved }
               *[no] {""}
            }.
        }
       *[no] { $court-known ->
            [yes] { $court-cap }
           *[no] A court
        } lets { $about-known ->
            [yes] { $about }
           *[no] a law
        } stand{ $moved-known ->
            [yes] : { $moved }
           *[no] {""}
        }.
    }
    .weight = major
    .you = { ruled.told }
    .room = { $against ->
        [yes] { $stayed ->
            [yes] { $court-known ->
                [yes] { $court }
               *[no] a court
            } rules against { $about-known ->
                [yes] { $about }
               *[no] a law
            }, and the ruling is stayed
           *[no] { $court-known ->
                [yes] { $court }
               *[no] a court
            } rules against { $about-known ->
                [yes] { $about }
               *[no] a law
            }{ $moved-known ->
                [yes] {" "}({ $moved-change })
               *[no] {""}
            }
        }
       *[no] { $court-known ->
            [yes] { $court }
           *[no] a court
        } lets { $about-known ->
            [yes] { $about }
           *[no] a law
        } stand
    }
    .odds = { $against ->
        [yes] { $stayed ->
            [yes] {""}
           *[no] { $court-known ->
                [yes] { $court }
               *[no] a court
            } ruled against { $about-known ->
                [yes] { $about }
               *[no] a law
            }
        }
       *[no] {""}
    }

strike =
    .told = { $faction-cap } in { $faction-home } strike at the talks: { $moved-blow }; their own side's word suffers.
    .weight = major
    .you = { $by ->
        [me] { $faction-cap } strike at the talks: { $moved-blow }. It costs your own word.
       *[them] { $faction-cap } strike at the talks: { $moved-blow }. It costs { $whose } word.
    }
    .room = { $faction } strike at the talks ({ $moved-change })
    .odds = { $faction } struck with { $moved-lever }

replied =
    .told = { $Who } answers in kind: { $moved-blow }.
    .weight = event
    .you = { $by ->
        [me] You answer in kind: { $moved-blow }.
       *[them] { $Who } answers in kind: { $moved-blow }.
    }
    .room = { $who } answers in kind ({ $moved-change })
    .odds = {""}

let_pass =
    .told = { $Who } lets the blow pass.
    .weight = minor
    .you = { $by ->
        [me] You let the blow pass.
       *[them] { $Who } lets the blow pass.
    }
    .room = {""}
    .odds = {""}

tightened =
    .told = { $Who } tightens: { $moved-blow }.
    .weight = event
    .you = { $by ->
        [me] You tighten: { $moved-blow }.
       *[them] { $Who } tightens: { $moved-blow }.
    }
    .room = { $who } tightens ({ $moved-change })
    .odds = {""}

eased =
    .told = { $Who } opens: { $moved }.
    .weight = event
    .you = { $by ->
        [me] You open: { $moved }.
       *[them] { $Who } opens: { $moved }.
    }
    .room = { $who } opens ({ $moved-change })
    .odds = {""}

threatened =
    .told = { $counters ->
        [yes] { $Who } answers with a threat of the same size, to tighten by { $due }.
       *[no] { $Who } threatens to tighten by { $due }{ $size-whole ->
            [yes] .
           *[no] , by { $size } of the usual blow.
        }
    }
    .weight = event
    .you = { $by ->
        [me] { $counters ->
            [yes] You answer with a threat of the same size, to tighten by { $due }.
           *[no] You threaten to tighten by { $due }{ $size-whole ->
                [yes] .
               *[no] , by { $size } of the usual blow.
            }
        }
       *[them] { $counters ->
            [yes] { $Who } answers with a threat of the same size, to tighten by { $due }.
           *[no] { $Who } threatens to tighten by { $due }{ $size-whole ->
                [yes] .
               *[no] , by { $size } of the usual blow.
            }
        }
    }
    .room = { $counters ->
        [yes] { $who } answers with a threat, to tighten by { $due-day }
       *[no] { $size-whole ->
            [yes] { $who } threatens to tighten by { $due-day }
           *[no] { $who } threatens to tighten by { $due-day }, by { $size } of the usual blow
        }
    }
    .odds = { $who } threatened, due in round { $due-number }

yielded =
    .told = { $Who } gives way to the threat: { $moved }.
    .weight = major
    .you = { $by ->
        [me] You give way to the threat: { $moved }.
       *[them] { $Who } gives way to the threat: { $moved }.
    }
    .room = { $who } gives way to the threat ({ $moved-change })
    .odds = { $who } gave way to a threat, with { $moved-lever }

put_off =
    .told = { $Who } puts its threat off to { $due }, while talks go on.
    .weight = event
    .you = { $by ->
        [me] You put your threat off to { $due }, while talks go on.
       *[them] { $Who } puts its threat off to { $due }, while talks go on.
    }
    .room = { $who } puts its threat off to { $due-day }
    .odds = { $who } put its threat off to round { $due-number }

carried_out =
    .told = { $part-whole ->
        [yes] { $Who } carries out its threat: { $moved-blow }.
       *[no] { $Who } carries out { $part } of its threat: { $moved-blow }.
    }
    .weight = major
    .you = { $by ->
        [me] { $part-whole ->
            [yes] You carry out the threat: { $moved-blow }.
           *[no] You carry out { $part } of the threat: { $moved-blow }.
        }
       *[them] { $part-whole ->
            [yes] { $Who } carries out the threat: { $moved-blow }.
           *[no] { $Who } carries out { $part } of the threat: { $moved-blow }.
        }
    }
    .room = { $part-whole ->
        [yes] { $who } carries out its threat ({ $moved-change })
       *[no] { $who } carries out { $part } of its threat ({ $moved-change })
    }
    .odds = { $who } carried its threat out on { $moved-lever }

climbed_down =
    .told = { $Who } climbs down from its threat, and is believed less.
    .weight = major
    .you = { $by ->
        [me] You climb down from the threat, which costs resolve.
       *[them] { $Who } climbs down from the threat, which costs resolve.
    }
    .room = { $who } climbs down from its threat
    .odds = { $who } climbed down from its threat

gesture =
    .told = { $moved-known ->
        [yes] { $Who } makes a gesture of good will: { $moved }.
       *[no] { $Who } makes a gesture of good will in words.
    }
    .weight = minor
    .you = { $moved-known ->
        [yes] { $by ->
            [me] You make a gesture of good will: { $moved }.
           *[them] { $Who } makes a gesture of good will: { $moved }.
        }
       *[no] { $by ->
            [me] You make a gesture of good will in words.
           *[them] { $Who } makes a gesture of good will in words.
        }
    }
    .room = { $moved-known ->
        [yes] { $who } makes a gesture ({ $moved-change })
       *[no] { $who } makes a gesture in words
    }
    .odds = {""}

praised =
    .told = { $Who } has warm words for the other side.
    .weight = small
    .you = { $by ->
        [me] You have warm words for the other side.
       *[them] { $Who } has warm words for the other side.
    }
    .room = { $who } has warm words
    .odds = {""}

brink =
    .told = { $slipped ->
        [yes] { $Who } steps toward the brink: it slips, and both sides tighten.
       *[no] { $Who } steps toward the brink: nothing slips, its resolve is seen.
    }
    .weight = major
    .you = { $slipped ->
        [yes] { $by ->
            [me] You step toward the brink: it slips, and both sides tighten.
           *[them] { $Who } steps toward the brink: it slips, and both sides tighten.
        }
       *[no] { $by ->
            [me] You step toward the brink: nothing slips.
           *[them] { $Who } steps toward the brink: nothing slips.
        }
    }
    .room = { $slipped ->
        [yes] { $who } goes to the brink, and it slips
       *[no] { $who } goes to the brink
    }
    .odds = { $slipped ->
        [yes] { $who } went to the brink, and it slipped
       *[no] {""}
    }

disputed =
    .told = { $suspended-known ->
        [yes] { $Who } says that { $other } does not keep to the terms, and suspends a part of the deal: { $suspended-blow }.
       *[no] { $Who } says that { $other } does not keep to the terms.
    }
    .weight = major
    .you = { $by ->
        [me] You say that { $other } does not keep to the terms{ $suspended-known ->
            [yes] , and suspend a part of the deal: { $suspended-blow }.
           *[no] .
        }
       *[them] { $Who } says that you do not keep to the terms{ $suspended-known ->
            [yes] , and suspends a part of the deal: { $suspended-blow }.
           *[no] .
        }
    }
    .room = { $suspended-known ->
        [yes] { $who } disputes the deal and suspends a part of it ({ $suspended-change })
       *[no] { $who } disputes the deal
    }
    .headline = { disputed.room }
    .odds = { $who } disputed the deal

country_signed =
    .told = { $with-known ->
        [yes] { $country } signs with { $with }.
       *[no] { $country } signs.
    }
    .weight = minor
    .you = { $country } signs.
    .room = { $with-known ->
        [yes] { $country } signs with { $with }
       *[no] { $country } signs
    }
    .odds = { $country } signed

country_punished =
    .told = { $punished_by-known ->
        [yes] { $punished_by-cap } punishes { $country } for having signed.
       *[no] { $country } is punished for having signed.
    }
    .weight = minor
    .you = { $country } is punished for having signed.
    .room = { $country } is punished for having signed
    .odds = {""}

session =
    .told = { $leaders ->
        [yes] { $place-known ->
            [yes] The leaders meet ({ $place }): session { $session }.
           *[no] The leaders meet: session { $session }.
        }
       *[no] { $story ->
            [yes] { $place-known ->
                [yes] Officials meet ({ $place }): session { $session }.
               *[no] Officials meet: session { $session }.
            }
           *[no] { $place-known ->
                [yes] They meet ({ $place }): session { $session }.
               *[no] They meet: session { $session }.
            }
        }
    } { $opener-cap } speaks first.
    .weight = result
    .you = { $leaders ->
        [yes] { $place-known ->
            [yes] The leaders meet ({ $place }): session { $session }.
           *[no] The leaders meet: session { $session }.
        }
       *[no] { $place-known ->
            [yes] Officials meet ({ $place }): session { $session }.
           *[no] Officials meet: session { $session }.
        }
    } { $opener-by ->
        [me] You speak first.
       *[them] { $opener-cap } speaks first.
    }
    .room = { $leaders ->
        [yes] the leaders meet
       *[no] the delegations meet
    }
    .odds = {""}

# A reader is told of a session's offers and of what they come to in one paragraph: the sentences in phrases.ftl.
offer =
    .told = {""}
    .you = { $by ->
        [me] You { $package }.
       *[them] { $Who } { $package }.
    } Worth { $utilities } to you. { $by ->
        [me] { $refused ->
            [none] { $Other } takes it.
            [below_waiting] { $Other } would rather wait.
            [below_ask] { $Other } holds out for more.
            [loss] { $Other } would lose by it.
            [fails_at_home] { $Other } could not get it through at home.
           *[said_no] { $Other } says no.
        }
       *[them] { $refused ->
            [none] You take it.
            [proposer_loses] They would not sign it themselves.
           *[said_no] You say no.
        }
    }
    .room = { $refused ->
        [none] { $who } offers ({ $exchange } of { $exchanges }, accepted): { $package-change }
       *[said_no] { $who } offers ({ $exchange } of { $exchanges }, refused): { $package-change }
    }
    .odds = {""}

no_agreement =
    .told = {""}
    .you = The session ends without agreement.
    .room = the session ends without a package
    .odds = { $progress-known ->
        [yes] a session without agreement; the two came { $progress } of the way
       *[no] a session without agreement
    }

initialled =
    .told = {""}
    .you = A package is initialled, worth { $utilities } to you.
    .room = a package is initialled: { $package-change }
    .odds = { $who } took the other's offer

# A reader is told of both sides' votes in one sentence: phrases.ftl.
passed =
    .told = {""}
    .you = { $by ->
        [me] It passes in your own home (support { $support }).
       *[them] It passes in { $who }.
    }
    .room = the package passes at home in { $who }
    .odds = {""}

rejected =
    .told = {""}
    .you = { $by ->
        [me] It fails in your own home (support { $support }).
       *[them] It fails in { $who }.
    }
    .room = the package fails at home in { $who }
    .headline = { rejected.room }
    .odds = { $chance-known ->
        [yes] the package failed at home in { $who } (it had { $chance } of passing)
       *[no] the package failed at home in { $who }
    }

signed =
    .told = { $leaders ->
        [yes] Signed by the leaders.
       *[no] Signed.
    }{ $pledges-known ->
        [yes] {" "}Promised, to be delivered little by little: { $pledges-levers }.
       *[no] {""}
    }{ $truce_until-known ->
        [yes] {" "}The truce now holds to { $truce_until }.
       *[no] {""}
    }
    .weight = result
    .line = yes
    .you = { $leaders ->
        [yes] Signed by the leaders.
       *[no] Signed.
    }{ $pledges-known ->
        [yes] {" "}To be delivered little by little: { $pledges }.
       *[no] {""}
    }{ $truce_until-known ->
        [yes] {" "}The truce holds to { $truce_until }.
       *[no] {""}
    }
    .room = { $truce_until-inside ->
        [yes] { $leaders ->
            [yes] the leaders sign a package; the truce holds until the week of { $truce_until-day }
           *[no] a package is signed; the truce holds until the week of { $truce_until-day }
        }
        [no] { $leaders ->
            [yes] the leaders sign a package; the truce holds beyond the end of the game
           *[no] a package is signed; the truce holds beyond the end of the game
        }
       *[never] { $leaders ->
            [yes] the leaders sign a package
           *[no] a package is signed
        }
    }
    .headline = { signed.room }
    .odds = { $leaders ->
        [yes] the leaders signed a deal
       *[no] the officials signed a deal
    }

# A reader is told of a side's pledges in one sentence: phrases.ftl.
reviewed =
    .told = {""}
    .you = A pledge is reviewed: { $lever } { $delivered } delivered.
    .room = reviewed: { $lever-full } delivered { $delivered } of what was due
    .odds = {""}

consent =
    .told = { $gives ->
        [yes] { $to_restore ->
            [yes] { $Who } would restore the truce ({ $chance } likely).
           *[no] { $Who } would extend the truce ({ $chance } likely).
        }
       *[no] { $to_restore ->
            [yes] { $Who } will not restore the truce (it was { $chance } likely to).
           *[no] { $Who } will not extend the truce (it was { $chance } likely to).
        }
    }
    .weight = { $gives ->
        [yes] minor
       *[no] result
    }
    .you = { $to_restore ->
        [yes] { $gives ->
            [yes] { $by ->
                [me] To restore the truce: you are for it.
               *[them] To restore the truce: { $who } is for it.
            }
           *[no] { $by ->
                [me] To restore the truce: you are against it.
               *[them] To restore the truce: { $who } is against it.
            }
        }
       *[no] { $gives ->
            [yes] { $by ->
                [me] To extend the truce: you are for it.
               *[them] To extend the truce: { $who } is for it.
            }
           *[no] { $by ->
                [me] To extend the truce: you are against it.
               *[them] To extend the truce: { $who } is against it.
            }
        }
    }
    .room = { $gives ->
        [yes] { $to_restore ->
            [yes] { $who } would restore the truce
           *[no] { $who } would extend the truce
        }
       *[no] { $to_restore ->
            [yes] { $who } will not restore the truce
           *[no] { $who } will not extend the truce
        }
    }
    .odds = { $gives ->
        [yes] {""}
       *[no] { $chance-known ->
            [yes] { $who } would not have the truce (the chance that it would was { $chance })
           *[no] { $who } would not have the truce
        }
    }

proposed =
    .told = { $Who } proposes to extend the truce, { $ahead } before it lapses.
    .weight = event
    .you = { $by ->
        [me] You propose to extend the truce, { $ahead } before it lapses.
       *[them] { $Who } proposes to extend the truce, { $ahead } before it lapses.
    }
    .room = { $who } proposes to extend the truce
    .odds = {""}

extended =
    .told = { $ahead-any ->
        [yes] Both extend the truce by { $length }, { $ahead } before it lapses: it now holds to { $truce_until }.
       *[no] { $length-any ->
            [yes] Both extend the truce by { $length }: it now holds to { $truce_until }.
           *[no] Both extend the truce: it now holds to { $truce_until }.
        }
    }
    .weight = result
    .you = { $ahead-any ->
        [yes] The truce is extended ahead of time, to { $truce_until }.
       *[no] The truce is extended to { $truce_until }.
    }
    .room = { $truce_until-inside ->
        [yes] the truce is extended until the week of { $truce_until-day }
       *[no] the truce is extended beyond the end of the game
    }
    .headline = { extended.room }
    .odds = both extended the truce to { $truce_until-short }

favour =
    .told = { $Who } wanted it more, and gives something for it: { $moved }.
    .weight = minor
    .you = { $by ->
        [me] You wanted it more, and give something for it: { $moved }.
       *[them] { $Who } wanted it more, and gives something for it: { $moved }.
    }
    .room = { $who } gives something for the extension ({ $moved-change })
    .odds = {""}

lapsed =
    .told = The truce lapses and levers snap back: { $moved }. They meet again on { $emergency_session }.
    .weight = result
    .you = The truce lapses and levers snap back: { $moved }. You meet again on { $emergency_session }.
    .room = the truce lapses ({ $moved-change }); they meet again on { $emergency_session-day }
    .headline = the truce lapses
    .odds = the truce lapsed

restored =
    .told = The truce is restored, at its old levels, to { $truce_until }.
    .weight = result
    .you = The truce is restored, at its old levels, to { $truce_until }.
    .room = { $truce_until-inside ->
        [yes] the truce is restored until the week of { $truce_until-day }
       *[no] the truce is restored beyond the end of the game
    }
    .headline = { restored.room }
    .odds = both restored the truce, to { $truce_until-short }

not_restored =
    .told = An emergency session: the truce stays down.
    .weight = result
    .you = An emergency session: the truce stays down.
    .room = the truce stays down
    .odds = the truce was not restored

swapped =
    .told = { $call ->
        [yes] The leaders speak by telephone and agree on a small swap, to { $until }: { $moved }.
       *[no] Officials agree on a small swap, to { $until }: { $moved }.
    }{ $postponed ->
        [yes] {" "}What was threatened is put off until then.
       *[no] {""}
    }
    .weight = major
    .you = { $call ->
        [yes] The leaders speak by telephone and agree on a small swap, to { $until }: { $moved }.
       *[no] Officials agree on a small swap, to { $until }: { $moved }.
    }{ $postponed ->
        [yes] {" "}What was threatened is put off until then.
       *[no] {""}
    }
    .room = { $call ->
        [yes] the leaders agree by telephone on a small swap ({ $moved-change })
       *[no] officials agree on a small swap ({ $moved-change })
    }
    .headline = { swapped.room }
    .odds = { $call ->
        [yes] the leaders agreed by telephone on a small swap
       *[no] officials agreed on a small swap
    }

swap_lapsed =
    .told = The small swap lapses: { $moved }.
    .weight = event
    .you = The small swap lapses: { $moved }.
    .room = the small swap lapses ({ $moved-change })
    .odds = the small swap lapsed

invitation =
    .told = { $accepts ->
        [yes] { $Who } accepts to meet at the summit ({ $chance } likely).
       *[no] { $Who } declines to meet at the summit (it was { $chance } likely to accept).
    }
    .weight = { $accepts ->
        [yes] minor
       *[no] result
    }
    .you = { $accepts ->
        [yes] { $by ->
            [me] You agree to meet at the summit.
           *[them] { $Who } agrees to meet at the summit.
        }
       *[no] { $by ->
            [me] You decline to meet at the summit.
           *[them] { $Who } declines to meet at the summit.
        }
    }
    .room = { $accepts ->
        [yes] { $who } accepts the invitation to a summit
       *[no] { $who } declines the invitation to a summit
    }
    .odds = { $accepts ->
        [yes] {""}
       *[no] { $chance-known ->
            [yes] { $who } would not come to a summit (the chance that it would was { $chance })
           *[no] { $who } would not come to a summit
        }
    }

summit_set =
    .told = A summit is set for { $at }.
    .weight = result
    .you = A summit is set for { $at }.
    .room = a summit is set for { $at-day }
    .headline = { summit_set.room }
    .odds = a summit was set for { $at-short }

summit_off =
    .told = { $truce_down ->
        [yes] The summit is called off: the truce is down.
       *[no] The summit is called off: the mood is too cold.
    }
    .weight = result
    .you = The summit is called off.
    .room = the summit is called off
    .headline = { summit_off.room }
    .odds = the summit was called off

photograph =
    .told = The leaders part with a photograph and no deal, worth { $prize-first } to { $first }, { $prize-second } to { $second }.
    .weight = result
    .you = The leaders part with a photograph and no deal, worth { $prize } to you.
    .room = the leaders part with a photograph and no deal
    .headline = { photograph.room }
    .odds = the leaders met and signed nothing

broke_down =
    .told = Talks break down for good.
    .weight = result
    .you = Talks break down for good.
    .room = talks break down for good
    .headline = { broke_down.room }
    .odds = talks broke down for good

conceded =
    .told = { $Who } gives in: { $other } wins { $prize-of }.
    .weight = result
    .you = { $by ->
        [me] You give in.
       *[them] { $Who } gives in.
    }
    .room = { $who } gives in
    .odds = { $who } gave in

held_out =
    .told = { $Who } holds out at a cost of { $cost-plain } points.
    .weight = small
    .you = { $by ->
        [me] You hold out.
       *[them] { $Who } holds out.
    }
    .room = {""}
    .odds = {""}
