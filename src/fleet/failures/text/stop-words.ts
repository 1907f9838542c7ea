/** Words that say nothing about a failure: English ones, those of our own sentences, and stand-ins of normalised text. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and any are as at be because been before being below between both but by can cannot
could did do does doing don down during each either else ever every few for from further get gets got had has have having he her here hers
him his how however i if in into is isn it its itself just let like ll made make makes many may me might more most much must my nor not now
of off on once one only or other our out over own per please put re same she should since so some such than that the their them then there
these they this those through to too try under until up us use used uses using ve very via was we were what when where which while who whom
why will with within without would yet you your
path file files url step steps run runs ran line lines agent task tasks word rule rules signs sign weigh together name names named a1
went wrong hand asks ask held looks look said says`
    .split(/\s+/)
    .filter((word) => word !== "" && word !== "not"),
);
