/*
 * How a command becomes at most one effect at the acquirer: the responder's protocol, small enough to be searched whole.
 *
 * WHAT IS MODELLED
 *   Two commands (0 and 1) of one payment, each for a part of it, so that the acquirer could do each of them twice. Command 0 may be withdrawn.
 *   Two workers (threads of one responder, or two responders). Each can crash between any two of its steps: what it
 *   had in memory is lost, the journal stays. Each can also stop for as long as it likes, then go on with what it believes.
 *   The journal: the columns of responder/src/main/resources/db/migration/V1__journal.sql that matter, under the same names;
 *   what is one transaction there is one atomic step here.
 *   The network: requests are lost, delayed for any time, overtaken, and (unless NO_COPIES) come twice; answers are lost or late.
 *   The acquirer: tier A (repeats are recognized by their key) or, with TIER_B, not; it answers inquiries from one
 *   snapshot, refuses what is settled or gone in the step in which it would do it, and may decline for the moment.
 *   The merchant and the acquirer's clearing: the authorization may reach the acquirer late, be captured, the capture be voided, settled; the
 *   terminal may reverse the payment itself.
 *   Kafka: a command is delivered again when its offset was not committed, its first issue after the second one too. The outbox is relayed at
 *   least once, the reader keeps one outcome a commandId.
 *
 * WHAT IS NOT
 *   Time. A lease may run out at any moment, therefore there is no lease: whoever is idle may claim any open command at any
 *   moment, and the former holder goes on, not knowing it. A backoff may be over at any moment, too. This allows
 *   more than the real clock does, so what holds here holds there.
 *   Amounts (a command takes its part or nothing), approval, switches, budgets and HELD (they only withhold sends: with fewer
 *   sends there is less to go wrong; that a held command ends is a person's, or expires_at's, work), content hashes and signatures (R6, R7: no concurrency in them),
 *   tier C (it has no inquiry: one send, then ESCALATED), and the bound of six attempts, which is two sends in three rounds here (SENDS0, ROUNDS0).
 *   Workers are alike, so that of two idle ones only the first claims: what the other would do is the same with the names changed.
 *
 * CALM leaves out what others do with the payment and the withdrawal, for counterexamples that need neither.
 * Each guard can be taken away by a -D flag; check.sh runs the sound protocol and each of these, README.md tells what then happens.
 */

/* attemptsMax of command 0 and command 1, and how often each may be claimed: a claim is an inquiry and perhaps a send. */
#ifndef SENDS0
#define SENDS0 2
#endif
#ifndef SENDS1
#define SENDS1 1
#endif
#ifndef ROUNDS0
#define ROUNDS0 3
#endif
#ifndef ROUNDS1
#define ROUNDS1 1
#endif
#define SENDS(c) (c == 0 -> SENDS0 : SENDS1)
#define ROUNDS(c) (c == 0 -> ROUNDS0 : ROUNDS1)
#define NOBODY 2

/* A property that must hold here; its name is printed when a counterexample is replayed. */
#define MUST(name, e) if :: (e) :: else -> printf(name); assert(false) fi

mtype = { NONE, RECEIVED, INQUIRING, SENDING, UNKNOWN, DONE, NOT_NEEDED, FAILED, ESCALATED };
mtype = { ABSENT, HOLD, CAPTURED, SETTLED, GONE };
mtype = { SILENT, OK, LASTING, PASSING, STRAY, LATER };
mtype = { SEND, END_DONE, END_NOT_NEEDED, ASK_AGAIN };

/* ---- the journal: table command, and of table attempt what is asked of it -------------------------------------------------- */

mtype state[2] = NONE;
byte newest[2] = NOBODY; /* fence: of the numbers only this matters, which worker has the highest; NOBODY once it has let go */
byte rounds[2];          /* inquiries: rows of kind INQUIRY, written before they are made, in the claim's transaction */
byte attempts[2];        /* attempts: rows of kind SEND, written before they are made */
byte unanswered[2];      /* rows of kind SEND without answered_at */
byte issue[2];           /* issue: the highest seen */
bool withdrawn[2];
byte slot = NOBODY;      /* the command whose in_flight is true: a unique index lets one of a payment have it */

#define ENDED(c) (state[c] == DONE || state[c] == NOT_NEEDED || state[c] == FAILED || state[c] == ESCALATED)
#define OPEN(c)  (state[c] != NONE && !ENDED(c))

/* ---- beyond the journal --------------------------------------------------------------------------------------------- */

mtype stage;             /* the payment at the acquirer */
byte effect[2];          /* the acquirer's ledger: effects of a command; its key is remembered with the effect */
byte net0[2], net1[2];   /* requests under way of command c: first attempt, second attempt */
byte copies;             /* how many more requests the network will double */
byte retention[2];       /* 0 before repeatUntil, 1 after it, 2: the acquirer has forgotten the key */
mtype kept[2] = NONE;    /* what the reader of the outcomes topic has kept */

/* What a worker waits for: an answer to attempt `waitsFor` of command `waits`; SILENT until it is there. */
byte waits[2] = NOBODY;
byte waitsFor[2];
mtype got[2] = SILENT;
bool stray[2];           /* a decline of an earlier attempt that is still on its way (UNBOUND) */

/* Ghosts: known to nobody, for the properties only. */
byte seen0[2], seen1[2]; /* effects of the other command in the view on which the first, the second attempt rests */
#ifdef TAKES_CAPTURED
#define KNOWS(x) x
bool knew0[2], knew1[2]; /* it was captured or settled when the round of this attempt began */
bool knew[2];            /* the same of a worker's round */
bool said;               /* the acquirer has said that the payment is captured */
#else
#define KNOWS(x) skip
#endif
bool recalled[2];        /* it was withdrawn, and the journal had taken it */
bool busy[2];            /* whether a worker is at work */

/* ---- the guards, each with the flag that takes it away ---------------------------------------------------------------------- */

/* Every write of a holder is conditional on its fence and on the state that it found. */
#ifdef NO_FENCE
#define HOLDS_CLAIM(c) (true)
#else
#define HOLDS_CLAIM(c) (newest[c] == me)
#endif

/* Tier A: the acquirer recognizes a repeat by its key for as long as it remembers it. */
#if defined(TIER_B) || defined(NO_KEY)
#define RECOGNIZED(c) (false)
#else
#define RECOGNIZED(c) (effect[c] > 0 && retention[c] < 2)
#endif

/* Tier B: one send at most, ever; what became of it is only asked. */
#if defined(TIER_B) && !defined(TIER_B_REPEATS)
#define SENDS_LEFT(c) (attempts[c] == 0)
#else
#define SENDS_LEFT(c) (attempts[c] < SENDS(c))
#endif

/* No repeat, and no trust in an inquiry that shows no effect, once the key may have been forgotten. */
#ifdef NO_MARGIN
#define KEY_IS_SAFE(c) (retention[c] < 2)
#else
#define KEY_IS_SAFE(c) (retention[c] == 0)
#endif
#ifdef FORGOTTEN_IS_ABSENT
#define SILENCE_PROVES(c) (true)
#else
#define SILENCE_PROVES(c) KEY_IS_SAFE(c)
#endif

/* After a send, "no effect" ends a command only with a reason that refuses all copies that may still come: captured does not, since a capture can be voided. */
#ifdef NOT_NEEDED_IN_DOUBT
#define ENDS_IN_DOUBT (stage != HOLD)
#else
#define ENDS_IN_DOUBT (stage == SETTLED || stage == GONE)
#endif

/* A final decline whose reason may pass: only if no other attempt is without an answer, and the network makes no copies. */
#if defined(DECLINE_NOT_LASTING)
#define BELIEVES_PASSING(c) (true)
#elif defined(NO_COPIES)
#define BELIEVES_PASSING(c) (unanswered[c] == 1)
#else
#define BELIEVES_PASSING(c) (false)
#endif

/* UNBOUND: an answer cannot be told from one to another attempt (ISO 8583: a repeat carries the first attempt's DE 7 and 11). The rule
   above makes that harmless; believing such a decline because the adapter handed it over (DECLINE_NOT_BOUND) does not. */
#ifdef DECLINE_NOT_BOUND
#define UNBOUND
#define BELIEVES_STRAY(c) (true)
#else
#define BELIEVES_STRAY(c) BELIEVES_PASSING(c)
#endif

/* The payment's slot is taken with the claim, before the inquiry; V1__journal.sql says "from the first intent". */
#ifdef SLOT_AT_INTENT
#define MAY_CLAIM(c) (OPEN(c) && (slot == NOBODY || slot == c || ENDED(slot) || attempts[c] == 0))
#define SLOT_IS_FREE(c) (slot == NOBODY || slot == c)
#else
#define SLOT_IS_FREE(c) (true)
#define MAY_CLAIM(c) (OPEN(c) && (slot == NOBODY || slot == c || ENDED(slot)))
#endif

/* A command that is ESCALATED while a request of it may still take effect keeps the slot until a person closes it. */
#ifdef DOUBT_FREES
#define IN_DOUBT(c) (false)
#else
#define IN_DOUBT(c) (state[c] == ESCALATED && attempts[c] > 0)
#endif

/* A REVERSE of an authorization acts on the hold only (else, TAKES_CAPTURED, it undoes a capture that came before it). */
#ifdef TAKES_CAPTURED
#define TAKES (stage == HOLD || stage == CAPTURED)
#else
#define TAKES (stage == HOLD)
#endif

/* ---- transactions ----------------------------------------------------------------------------------------------------- */

/* The end: state, outbox row and slot in one transaction. The row says what the state says, which END keeps: it needs no variable. */
inline end(c, s) {
    MUST("BROKEN END an end is final\n", !ENDED(c));
    MUST("BROKEN UNKNOWN no effect is said while there is one\n", (s != FAILED && s != NOT_NEEDED) || effect[c] == 0);
    MUST("BROKEN R8 DONE has its effect\n", s != DONE || effect[c] > 0);
    state[c] = s;
    if
    :: slot == c && !IN_DOUBT(c) -> slot = NOBODY
    :: else
    fi;
    printf("journal: command %d ends %e\n", c, s)
}

/* One record of the commands topic, with the offset committed later: insert if new, else take a higher issue. */
inline receive(c, i, w) {
    if
    :: state[c] == NONE -> state[c] = RECEIVED; issue[c] = i; withdrawn[c] = w
#ifdef ISSUE_NOT_COMPARED
    :: state[c] != NONE -> issue[c] = i; withdrawn[c] = w
#else
    :: state[c] != NONE && i > issue[c] -> issue[c] = i; withdrawn[c] = w
    :: state[c] != NONE && i <= issue[c]
#endif
    fi;
    recalled[c] = (recalled[c] || w);
    printf("journal: command %d received, issue %d\n", c, i)
}

/* ---- the responder ---------------------------------------------------------------------------------------------------- */

/* A worker lets go, or dies: nothing is left in its memory. */
inline forget() {
    if
    :: newest[c] == me -> newest[c] = NOBODY
    :: else
    fi;
    c = 0; attempt = 0; seen = 0; decided = ASK_AGAIN; busy[me] = false;
    waits[me] = NOBODY; waitsFor[me] = 0; got[me] = SILENT;
    KNOWS(knew[me] = false)
}

proctype Worker(byte me) {
    byte c, attempt, seen;
    mtype decided = ASK_AGAIN;

idle:
    atomic {
        forget();
end_idle:
        /* Workers are alike: of two idle ones it is the first that claims. */
        if
        :: MAY_CLAIM(0) && (me == 0 || busy[0]) -> c = 0
        :: MAY_CLAIM(1) && (me == 0 || busy[0]) -> c = 1
        fi;
        if
        :: slot != NOBODY && slot != c && ENDED(slot) ->
            end(c, ESCALATED); goto idle             /* another command of the payment is in doubt */
        :: else
        fi;
        if
        :: withdrawn[c] && attempts[c] == 0 -> end(c, NOT_NEEDED); goto idle
        :: else
        fi;
#ifdef COUNT_SENDS_ONLY
        if
        :: attempts[c] == SENDS(c) -> end(c, ESCALATED); goto idle
        :: else
        fi;
#else
        if
        :: rounds[c] == ROUNDS(c) -> end(c, ESCALATED); goto idle
        :: else
        fi;
        rounds[c]++;
#endif
        newest[c] = me;
        busy[me] = true;
        state[c] = INQUIRING;
#ifndef SLOT_AT_INTENT
        slot = c;
#endif
        KNOWS(knew[me] = (stage == CAPTURED || stage == SETTLED));
        printf("worker %d: claims command %d\n", me, c)
    }

    /* The inquiry: one snapshot at the acquirer; what is decided from it is written later. */
    atomic {
        if
        :: goto idle                                              /* crash */
        :: decided = ASK_AGAIN; printf("worker %d: no answer to the inquiry\n", me)
        :: true ->
#ifdef NO_INQUIRY
            decided = (SENDS_LEFT(c) -> SEND : ASK_AGAIN);
#else
            if
            :: effect[c] > 0 && retention[c] < 2 -> decided = END_DONE
            :: else ->
                if
                :: attempts[c] == 0 -> decided = (stage == HOLD -> SEND : END_NOT_NEEDED)
                :: attempts[c] > 0 && ENDS_IN_DOUBT && SILENCE_PROVES(c) -> decided = END_NOT_NEEDED
                :: attempts[c] > 0 && !(ENDS_IN_DOUBT && SILENCE_PROVES(c)) ->
                    decided = (stage == HOLD && SENDS_LEFT(c) && KEY_IS_SAFE(c) -> SEND : ASK_AGAIN)
                fi
            fi;
            KNOWS(said = (said || stage == CAPTURED || stage == SETTLED));
            seen = effect[1 - c];
            printf("worker %d: the acquirer says of command %d: %e, effects %d -> %e\n", me, c, stage, effect[c], decided)
#endif
        fi
    }

    /* What it leads to: the end, a wait, or the intent. */
    atomic {
        if
        :: goto idle                                              /* crash */
        :: !(HOLDS_CLAIM(c) && state[c] == INQUIRING) -> goto idle /* the write fails on the fence */
        :: HOLDS_CLAIM(c) && state[c] == INQUIRING ->
            if
            :: decided == END_DONE -> end(c, DONE); goto idle
            :: decided == END_NOT_NEEDED -> end(c, NOT_NEEDED); goto idle
            :: decided == ASK_AGAIN -> state[c] = UNKNOWN; goto idle
            :: decided == SEND && withdrawn[c] && attempts[c] == 0 -> end(c, NOT_NEEDED); goto idle
            :: decided == SEND && !(withdrawn[c] && attempts[c] == 0) && !(SENDS_LEFT(c) && KEY_IS_SAFE(c)) ->
                state[c] = UNKNOWN; goto idle
#ifdef SLOT_AT_INTENT
            :: decided == SEND && slot != NOBODY && slot != c && !(withdrawn[c] && attempts[c] == 0) -> state[c] = UNKNOWN; goto idle
#endif
            :: decided == SEND && !(withdrawn[c] && attempts[c] == 0) && SENDS_LEFT(c) && KEY_IS_SAFE(c) && SLOT_IS_FREE(c) ->
                /* The intent, committed before the send. */
                MUST("BROKEN R5 one command of a payment between intent and end\n", !OPEN(1 - c) || attempts[1 - c] == 0);
                MUST("BROKEN WITHDRAWN what was withdrawn before its first intent is not sent\n", !recalled[c] || attempts[c] > 0);
                slot = c;
                attempt = attempts[c];
#ifndef INTENT_AFTER_SEND
                attempts[c]++;
                unanswered[c]++;
#endif
                state[c] = SENDING;
                if
                :: attempt == 0 -> seen0[c] = seen; KNOWS(knew0[c] = knew[me])
                :: else -> seen1[c] = seen; KNOWS(knew1[c] = knew[me])
                fi;
                seen = 0;
                decided = ASK_AGAIN;
                printf("journal: intent of worker %d, command %d, attempt %d\n", me, c, attempt + 1)
            fi
        fi
    }

    /* The send, outside the transaction. The sender looks at its own deadline first: after it, nothing leaves. */
    atomic {
        if
        :: goto idle                                              /* crash */
#ifndef NO_MARGIN
        :: !KEY_IS_SAFE(c) -> goto idle
        :: KEY_IS_SAFE(c) ->
#else
        :: true ->
#endif
            if
            :: attempt == 0 -> net0[c]++
            :: else -> net1[c]++
            fi;
            waits[me] = c;
            waitsFor[me] = attempt;
            printf("worker %d -> acquirer: command %d, attempt %d\n", me, c, attempt + 1)
        fi
    }

    /* The answer, or none in time; then what is believed of it. */
    atomic {
        if
        :: goto idle                                              /* crash */
        :: true                                                       /* it is there, or the time is over */
#ifdef UNBOUND
        :: stray[c] && got[me] == SILENT -> stray[c] = false; got[me] = STRAY;
            printf("worker %d: takes an earlier attempt's decline for its answer\n", me)
#endif
        fi;
        if
        :: !(HOLDS_CLAIM(c) && state[c] == SENDING)                /* the write fails on the fence */
        :: HOLDS_CLAIM(c) && state[c] == SENDING ->
#ifdef INTENT_AFTER_SEND
            attempts[c]++;
            unanswered[c]++;
#endif
            printf("worker %d: takes %e for the answer to attempt %d of command %d\n", me, got[me], attempt + 1, c);
            if
            :: got[me] == SILENT -> state[c] = UNKNOWN
            :: got[me] == OK -> end(c, DONE)
            :: got[me] == LASTING -> end(c, FAILED)
            :: got[me] == PASSING && BELIEVES_PASSING(c) -> end(c, FAILED)
            :: got[me] == PASSING && !BELIEVES_PASSING(c) -> state[c] = UNKNOWN; unanswered[c]--
            :: got[me] == STRAY && BELIEVES_STRAY(c) -> end(c, FAILED)
            :: got[me] == STRAY && !BELIEVES_STRAY(c) -> state[c] = UNKNOWN; unanswered[c]--
            :: got[me] == LATER -> state[c] = UNKNOWN; unanswered[c]--
            fi
        fi;
        goto idle
    }
}

/* ---- the network and the acquirer ----------------------------------------------------------------------------------------- */

/* The answer to attempt a of command c; whether it arrives is chosen where it is made. Nobody waits for it any more: it is lost. */
inline answer(c, a, v) {
    if
    :: waits[0] == c && waitsFor[0] == a && got[0] == SILENT -> got[0] = v
    :: waits[1] == c && waitsFor[1] == a && got[1] == SILENT -> got[1] = v
    :: else
#ifdef UNBOUND
        ; if
        :: v == PASSING -> stray[c] = true                              /* it comes, but later */
        :: else
        fi
#endif
    fi;
    printf("acquirer: %e to attempt %d of command %d\n", v, a + 1, c)
}

inline request(c, a, seenThen) {
    MUST("BROKEN R2 nothing is sent before its intent\n", attempts[c] > a);
    if
    :: RECOGNIZED(c) -> answer(c, a, OK)
    :: !RECOGNIZED(c) && TAKES ->
        MUST("BROKEN R1 at most one effect\n", effect[c] == 0);
        MUST("BROKEN UNKNOWN no effect after FAILED or NOT_NEEDED\n", state[c] != FAILED && state[c] != NOT_NEEDED);
        MUST("BROKEN R5 an effect rests on a view with the other command's effect\n", effect[1 - c] == seenThen);
#ifdef TAKES_CAPTURED
        MUST("BROKEN R3 what was captured when its round began is not reversed\n",
            stage != CAPTURED || (a == 0 -> !knew0[c] : !knew1[c]));
#endif
#if defined(TAKES_CAPTURED) && !defined(WEAK_R3)
        MUST("BROKEN R3 what the acquirer has said is captured is not reversed\n", !(stage == CAPTURED && said));
#endif
        effect[c]++;
        printf("acquirer: EFFECT of command %d, attempt %d\n", c, a + 1);
        answer(c, a, OK)
    :: !RECOGNIZED(c) -> answer(c, a, LATER)                           /* TRY_LATER, whatever the stage */
    :: !RECOGNIZED(c) && (stage == SETTLED || stage == GONE) -> answer(c, a, LASTING)
    :: !RECOGNIZED(c) && !TAKES && (stage == ABSENT || stage == CAPTURED) -> answer(c, a, PASSING)
    fi
}

proctype Acquirer() {
    byte c;
end_nothing:
    do
    :: atomic { net0[0] > 0 -> c = 0; goto first }
    :: atomic { net0[1] > 0 -> c = 1; goto first }
    :: atomic { net1[0] > 0 -> c = 0; goto second }
    :: atomic { net1[1] > 0 -> c = 1; goto second }
    od;
first:
    atomic {
        if
        :: net0[c]-- ; printf("network: attempt 1 of command %d is lost\n", c)
        :: net0[c]-- ; request(c, 0, seen0[c])
        :: copies > 0 -> copies--; printf("network: attempt 1 of command %d will come again\n", c); request(c, 0, seen0[c])
        fi;
        c = 0;
        goto end_nothing
    };
second:
    atomic {
        if
        :: net1[c]-- ; printf("network: attempt 2 of command %d is lost\n", c)
        :: net1[c]-- ; request(c, 1, seen1[c])
        :: copies > 0 -> copies--; printf("network: attempt 2 of command %d will come again\n", c); request(c, 1, seen1[c])
        fi;
        c = 0;
        goto end_nothing
    }
}

/* What others do with the payment meanwhile. */
proctype Others() {
    bool voided;
end_others:
    do
    :: atomic { stage == ABSENT -> stage = HOLD; printf("acquirer: the authorization arrives\n") }
    :: atomic { stage == HOLD -> stage = CAPTURED; printf("merchant: captures\n") }
    :: atomic { stage == HOLD -> stage = GONE; printf("terminal: reverses it itself\n") }
    :: atomic { stage == CAPTURED && !voided -> voided = true; stage = HOLD;
        KNOWS(said = false; knew[0] = false; knew[1] = false);
        KNOWS(knew0[0] = false; knew0[1] = false; knew1[0] = false; knew1[1] = false);
        printf("merchant: voids the capture\n") }
    :: atomic { stage == CAPTURED -> stage = SETTLED; printf("acquirer: settles\n") }
    od
}

#ifdef RETENTION
/* The acquirer forgets a key. Its promise (retention) and the network's (no request lives longer than the margin) are what the order of
   these two steps stands for; without the margin the key may be forgotten while a request is under way. */
proctype Retention() {
end_retention:
    do
    :: atomic { attempts[0] > 0 && retention[0] == 0 -> retention[0] = 1; printf("clock: repeatUntil of command 0 is over\n") }
#ifdef NO_MARGIN
    :: atomic { retention[0] == 1 && effect[0] > 0 -> retention[0] = 2; printf("acquirer: forgets the key of command 0\n") }
#else
    :: atomic { retention[0] == 1 && effect[0] > 0 && net0[0] == 0 && net1[0] == 0 -> retention[0] = 2; printf("acquirer: forgets the key of command 0\n") }
#endif
    od
}
#endif

/* ---- Kafka ------------------------------------------------------------------------------------------------------------ */

/* The commands topic: ISSUED 0, ISSUED 1, and at any time later, or never, WITHDRAWN 0. A record whose offset was not committed comes again. */
proctype Topic() {
end_topic:
    do
    :: atomic { state[0] == NONE -> receive(0, 1, false) }
    :: atomic { state[0] != NONE && state[1] == NONE -> receive(1, 1, false) }
#ifndef CALM
    :: atomic { state[0] != NONE && issue[0] == 1 -> receive(0, 2, true) }
#endif
#ifndef TERMINATION
    :: atomic { state[0] != NONE -> receive(0, 1, false) }
    :: atomic { issue[0] == 2 -> receive(0, 2, true) }
#endif
    od
}

/* A row of the outbox is told, and told again if the relay dies before it has marked it: at any time, as often as it likes. */
inline tell(c) {
    MUST("BROKEN R4 exactly one outcome\n", kept[c] == NONE || kept[c] == state[c]);
    kept[c] = state[c]
}
proctype Relay() {
end_told:
    do
#ifdef TERMINATION
    :: atomic { ENDED(0) && kept[0] == NONE -> tell(0) }
    :: atomic { ENDED(1) && kept[1] == NONE -> tell(1) }
#else
    :: atomic { ENDED(0) -> tell(0) }
    :: atomic { ENDED(1) -> tell(1) }
#endif
    od
}

/* R8, once nothing is under way: the journal's end, the acquirer's ledger and the reader of the outcomes agree. */
#define AGREE(c) (kept[c] == state[c] && (state[c] == ESCALATED || (effect[c] == 1) == (state[c] == DONE)))
proctype Auditor() {
end_audit:
    do
    :: atomic {
        (ENDED(0) && ENDED(1) && kept[0] != NONE && kept[1] != NONE && net0[0] + net0[1] + net1[0] + net1[1] == 0) ->
        MUST("BROKEN R8 journal, ledger and outcomes agree\n", AGREE(0) && AGREE(1))
    }
    od
}

/* That the searches are not empty: a command is done by its second send although neither has an answer; another one fails. */
#if defined(REACHES_DONE) || defined(REACHES_FAILED)
proctype Probe() {
end_probe:
    atomic {
#ifdef REACHES_DONE
        (state[0] == DONE && attempts[0] == 2 && unanswered[0] == 2) ->
#else
        (state[0] == FAILED && attempts[0] == 2) ->
#endif
        MUST("BROKEN REACHED it can come to this\n", false)
    }
}
#endif

init {
    atomic {
        if
        :: stage = HOLD
#ifndef CALM
        :: stage = ABSENT
#endif
        fi;
#ifdef ONE
        state[1] = NOT_NEEDED;                                        /* the other command has ended long ago */
        kept[1] = NOT_NEEDED;
#endif
#ifndef NO_COPIES
        copies = 1;
#endif
        run Worker(0);
        run Worker(1);
        run Acquirer();
#ifndef CALM
        run Others();
#endif
        run Topic();
        run Relay();
        run Auditor();
#if defined(REACHES_DONE) || defined(REACHES_FAILED)
        run Probe();
#endif
#ifdef RETENTION
        run Retention()
#endif
    }
}

#ifdef TERMINATION
ltl r4 { <> (ENDED(0) && ENDED(1) && kept[0] != NONE && kept[1] != NONE) }
#endif
