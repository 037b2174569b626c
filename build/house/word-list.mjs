/**
 * Words that only we would use for a thing, and what an engineer of this field calls it. Each is looked for where it
 * is meant:
 * - `names`: identifiers of the code
 * - `files`: names of files, without their ending
 * - `prose`: sentences for people: texts of the code, on the screen and of the API
 * - `comments`
 *
 * `within` keeps a rule to the folders where the word has that sense. A sentence in which an `except` is found is no hit,
 * nor a name that one matches; `because` has the reason.
 */
export const WORDS = [
  {
    becomes: 'handlers, xHandlers',
    names: /^answers$|^answer[A-Z]/,
    files: /^answers$|-answers$/,
  },
  {
    becomes: 'integrations, job-runners, analysis-service, tag-pipeline, platform-services, system-info',
    files: /^(outside|work|listening|writing|foundation|describe-self)$/,
  },
  {
    becomes: 'analyzed, analysis, AnalysisResult',
    names: /^(un)?(heard|hear|hears|hearing|listened)([A-Z_]|$)|[a-z](Heard|Listened)([A-Z]|$)|^Heard|^Listened/,
    files: /\bheard\b|\blistened\b/,
    prose: /\b(un)?heard\b|\bhears?\b|\bhearing\b/i,
    comments: /\b(un)?heard\b|\bhears\b/i,
    except: [
      { text: /\bhear (of|from) (you|us)\b/i, because: 'ordinary English in a sentence about people' },
      { text: /\(heard\)|'heard'|"heard"/, because: 'the value of a field that clients read' },
    ],
  },
  {
    becomes: 'reported, emitted, posted, received, message',
    names: /^[tT]old([A-Z]|$)|[a-z]Told([A-Z]|$)/,
  },
  {
    becomes: 'inspect, judge, read: what is done with it',
    names: /^lookAt([A-Z]|$)/,
  },
  {
    becomes: 'analyze',
    prose: /\blisten(s|ed|ing|ers?)?\b/i,
    comments:
      /\blistened\b|\blisten(s|ing)? (to|with) (a |the |each |every |all |no |new |its |their )?(\w+ )?(audio|file|library|libraries|model|music|track|song|sample|sound)/i,
    except: [
      { text: /^(Easy Listening|Challenging Listen)$/i, because: 'a genre, and names of Nomarr’s templates' },
      { text: /--listen\b|TONEARM_LISTEN/, because: 'the option of servers everywhere' },
      { text: /\blisten(s|ing|er)? (on|at|here|there)\b/i, because: 'a server listens on a port' },
      {
        text: /\b(event|change|stream|slow)\w*\b[^.]*\blisten|\blisten\w*\b[^.]*\b(event|change|stream)/i,
        because: 'a listener of events',
      },
    ],
  },
  {
    becomes: 'analyze, analyzer: one spelling',
    names: /[aA]nalys(e|ed|er|ers|ing)([A-Z_]|$)/,
    prose: /\b(re|un)?analys(e|ed|er|ers|ing)\b/i,
    comments: /\b(re|un)?analys(e|ed|er|ers|ing)\b/i,
  },
  {
    becomes: 'isAnalysisCurrent, knownFailures, writeFingerprint',
    names: /^stillHolds$|^inVain$|InVain$|^mannerOf$/,
    prose: /\bin vain\b/i,
    comments: /\bin vain\b/i,
  },
  {
    becomes: 'wait-until-stable, tryWithFileLock, withFileLock',
    names: /AtRest$|^atRest$|^alone$/,
    files: /at-rest/,
    comments: /\bat rest\b/i,
  },
  {
    becomes: 'ROLLBACK_STEPS, rollback',
    names: /^RETREAT$|^takeBack$/,
  },
  {
    becomes: 'disposables or release, onStorageError, supersedeFailures, duplicateOf',
    names: /^(letGo|stumble|makeGood|twinOf)$/,
  },
  {
    becomes: 'suspendedReason, deferUntil',
    names: /^(halt|held)$/,
    within: /^src-main\/jobs\//,
  },
  {
    becomes: 'batch, BatchKey',
    names: /^[gG]ather$/,
  },
  {
    becomes: 'allowJump, yieldToEventLoop',
    names: /^(causeGiven|breathe)$/,
  },
  {
    becomes: 'removeTracks, webhook-installation, event-handlers',
    names: /^goodbye$/i,
    files: /^(goodbye|hook|effects)$/,
    comments: /\bgoodbye\b/i,
  },
  {
    becomes: 'reportedPrefixes, pendingNotifications, flush',
    names: /^(complainedOf|toTell|tellNow)$/,
  },
  {
    becomes: 'scopedReporter',
    names: /^through$/,
    comments: /\bone voice among\b/i,
  },
  {
    becomes: 'inspect-database, open-database-safely, similarity-score',
    names: /^(Look|openKept|kinship)$/,
    files: /^(look|open-kept|kinship)$/,
    comments: /\bkinship\b/i,
  },
  {
    becomes: 'HttpListener, HTTP server',
    names: /^[dD]oors?$|[a-z]Doors?([A-Z]|$)|^door[A-Z]/,
    files: /\bdoor\b/,
    prose: /\bdoors?\b/i,
    comments: /\bdoors?\b/i,
  },
  {
    becomes: 'Timeouts, SecretBox, front-end fan-out',
    names: /^(patience|ears)$|^(Patience|Seal|Ears)([A-Z]|$)|(^|_)PATIENCE(_|$)/,
    comments: /\bpatience\b/i,
  },
  {
    becomes: 'MAX_',
    names: /^MOST_/,
  },
  {
    becomes: 'pending, notBefore',
    names: /^postpone[ds]?$|^[lL]ater$/,
    within: /^src-main\//,
  },
  {
    becomes: 'FileStamp, with one maker and one comparison',
    names: /^(HeardFile|SeenFile|FileState|fileOf|seeFile|stateOf|statOf|isSameFile|isSameState)$/,
    within: /^src-main\/(jobs|files|library|servers)\//,
  },
  {
    becomes: 'track',
    prose: /\bsongs?\b/i,
    except: [
      { text: /A very long name of a song/, because: 'the title of a made-up track in the workbench' },
      {
        text: /^song( name)?$|\/songs?\b|song(s|_)?id/i,
        because: 'what other programs call it in files and on the wire',
      },
    ],
  },
];

/** The folders in which no word is left. One that is not here is only counted. */
export const DONE = [
  'src-main/analysis',
  'src-main/app',
  'src-main/compat',
  'src-main/discovery',
  'src-main/files',
  'src-main/jobs',
  'src-main/library',
  'src-main/platform',
  'src-main/rpc',
  'src-main/servers',
  'src-main/transport',
  'src-renderer',
];
