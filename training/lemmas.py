#!/usr/bin/env python3
"""python3 training/lemmas.py CORPORA OUT: makes OUT/lemmas.tsv and OUT/features.tsv from the treebanks' train files.

CORPORA holds ud/ewt-train.conllu.xz, ud/gum-train.conllu.xz and text/ungdc.jsonl.xz (words only). Forms of verbs in OUT/../ontology
that the rules would miss have rows of their own.
Both tables are sorted by bytes, one entry a line, and read by src/syntax/lemmas.rs:

    lemmas.tsv    =went   VERB VBD  4go      the word itself: cut four characters, append "go"
                  -ies    NOUN NNS  3y       words that end so; the longest ending wins
                  ^american ADJ              keeps its capital in the lemma
    features.tsv  he      PRON PRP  Case=Nom|...
                  *       NOUN NNS  Number=Plur
"""
import collections
import json
import lzma
import pathlib
import re
import sys

MAX_SUFFIX = 7
INFLECTED = ('VERB VBD', 'VERB VBN', 'VERB VBG', 'VERB VBZ', 'NOUN NNS', 'ADJ JJR', 'ADJ JJS')

# Base, past, participle of irregular verbs, and of verbs that the treebanks get wrong.
IRREGULAR = '''
arise arose arisen; awake awoke awoken; bear bore borne; beat beat beaten; become became become; befall befell befallen; begin began begun;
behold beheld beheld; bend bent bent; beset beset beset; bet bet bet; bid bid bid; bind bound bound; bite bit bitten; bleed bled bled; blow blew blown;
break broke broken; breed bred bred; bring brought brought; broadcast broadcast broadcast; build built built; burst burst burst; buy bought bought;
cast cast cast; catch caught caught; choose chose chosen; cling clung clung; come came come; cost cost cost; creep crept crept; cut cut cut; deal dealt dealt;
dig dug dug; do did done; draw drew drawn; drink drank drunk; drive drove driven; dwell dwelt dwelt; eat ate eaten; fall fell fallen; feed fed fed; feel felt felt;
fight fought fought; find found found; flee fled fled; fling flung flung; fly flew flown; forbid forbade forbidden; forecast forecast forecast; foresee foresaw foreseen;
foretell foretold foretold; forget forgot forgotten; forgive forgave forgiven; forgo forwent forgone; forsake forsook forsaken; free freed freed; freeze froze frozen; get got gotten;
give gave given; go went gone; grind ground ground; grow grew grown; hang hung hung; have had had; hear heard heard; hide hid hidden; hit hit hit; hold held held;
hurt hurt hurt; keep kept kept; kneel knelt knelt; know knew known; lay laid laid; lead led led; leap leapt leapt; learn learnt learnt; leave left left; lend lent lent; let let let;
lie lay lain; light lit lit; lose lost lost; make made made; mean meant meant; meet met met; mislead misled misled; mistake mistook mistaken; misunderstand misunderstood misunderstood;
offset offset offset; outbid outbid outbid; overcome overcame overcome; override overrode overridden; oversee oversaw overseen; overtake overtook overtaken; overthrow overthrew overthrown;
overrun overran overrun; pay paid paid; plead pled pled; put put put; quit quit quit; read read read; rebuild rebuilt rebuilt; resell resold resold; rethink rethought rethought; rid rid rid;
ride rode ridden; ring rang rung; rise rose risen; run ran run; say said said; see saw seen; seek sought sought; sell sold sold; send sent sent; set set set; shake shook shaken; shed shed shed;
shine shone shone; shoot shot shot; show showed shown; shrink shrank shrunk; shut shut shut; sing sang sung; sink sank sunk; sit sat sat; slay slew slain; sleep slept slept; slide slid slid;
sling slung slung; slit slit slit; smell smelt smelt; sow sowed sown; speak spoke spoken; speed sped sped; spend spent spent; spill spilt spilt; spin spun spun; split split split; spread spread spread;
spring sprang sprung; stand stood stood; steal stole stolen; stick stuck stuck; sting stung stung; stink stank stunk; strew strewed strewn; stride strode stridden; strike struck struck;
string strung strung; strive strove striven; swear swore sworn; sweep swept swept; swell swelled swollen; swim swam swum; swing swung swung; take took taken; teach taught taught; tear tore torn;
tell told told; think thought thought; throw threw thrown; thrust thrust thrust; tread trod trodden; undergo underwent undergone; understand understood understood; undertake undertook undertaken;
undo undid undone; uphold upheld upheld; upset upset upset; wake woke woken; wear wore worn; weave wove woven; weep wept wept; win won won; wind wound wound; withdraw withdrew withdrawn;
withhold withheld withheld; withstand withstood withstood; wring wrung wrung; write wrote written'''


def treebank(corpora):
    for name in ('ewt', 'gum'):
        with lzma.open(f'{corpora}/ud/{name}-train.conllu.xz', 'rt', encoding='utf-8') as lines:
            for line in lines:
                cells = line.rstrip('\n').split('\t')
                if len(cells) == 10 and cells[0].isdigit() and cells[4] != 'GW' and ('Typo=Yes' not in cells[5] or cells[3] in ('AUX', 'PART')):
                    yield cells[1].replace('’', "'"), cells[2].replace('’', "'"), cells[3], cells[4], cells[5]


def script(word, lemma):
    """The lemma as characters to cut from the word's end and what to append."""
    same = 0
    while same < min(len(word), len(lemma)) and word[same] == lemma[same]:
        same += 1
    return f'{len(word) - same}{lemma[same:]}'


def apply(word, edit):
    digits = re.match(r'\d+', edit).group()
    return word[:len(word) - int(digits)] + edit[len(digits):]


def speech_words(corpora):
    """Words of the unlabelled text: how often in small letters, and how often capitalised inside a sentence."""
    small, capital = collections.Counter(), collections.Counter()
    pattern = re.compile(r"(?<![.!?:;”\"'“‘’] )(?<![\w’'-])([A-Za-z]+)(?![\w’'])")
    with lzma.open(f'{corpora}/text/ungdc.jsonl.xz', 'rt', encoding='utf-8') as lines:
        for line in lines:
            for word in pattern.findall(json.loads(line)['text']):
                if word.islower():
                    small[word] += 1
                elif word[0].isupper() and word[1:].islower():
                    capital[word.lower()] += 1
    return small, capital


def bases(word, tag):
    """What a regular form may be a form of."""
    if tag in ('VERB VBD', 'VERB VBN') and word.endswith('ed'):
        stem = word[:-2]
    elif tag == 'VERB VBG' and word.endswith('ing'):
        stem = word[:-3]
    elif tag in ('VERB VBZ', 'NOUN NNS') and word.endswith('s'):
        return [word[:-1]] + ([word[:-2]] if word.endswith('es') else []) + ([word[:-3] + 'y'] if word.endswith('ies') else [])
    elif tag == 'ADJ JJR' and word.endswith('er'):
        stem = word[:-2]
    elif tag == 'ADJ JJS' and word.endswith('est'):
        stem = word[:-3]
    else:
        return []
    found = [stem, stem + 'e']
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in 'aeiou':
        found.append(stem[:-1])
    if stem.endswith('i'):
        found.append(stem[:-1] + 'y')
    return found


def guessed(small, known, adjectives):
    """Forms that the treebanks lack, with the base that the unlabelled text uses most; "severed" is not from "severe"."""
    for word, count in small.items():
        if count < 2 or len(word) < 5:
            continue
        for tag in INFLECTED:
            if (word, tag) in known:
                continue
            ranked = sorted(((small[base], base) for base in bases(word, tag) if len(base) > 2), reverse=True)
            if tag.startswith('VERB') and len(ranked) > 1 and ranked[0][1] in adjectives and ranked[1][0] >= 5:
                del ranked[0]
            if ranked and ranked[0][0] >= 5 and (len(ranked) == 1 or ranked[0][0] >= 3 * ranked[1][0]):
                yield word, tag, ranked[0][1]


def regular_forms(verb):
    """Past and -ing forms of a regular verb; a last consonant behind one short vowel is doubled, in longer verbs it may be."""
    if verb.endswith('e'):
        stems = [(verb[:-1], verb if verb.endswith(('ee', 'oe', 'ye')) else verb[:-1])]
    elif re.search('[^aeiou]y$', verb):
        stems = [(verb[:-1] + 'i', verb)]
    elif re.search('[^aeiou][aeiou][^aeiouwxy]$', verb):
        is_short = len(re.findall('[aeiouy]+', verb)) == 1
        stems = [(verb + verb[-1],) * 2] + ([] if is_short else [(verb, verb)])
    else:
        stems = [(verb, verb)]
    for past, present in stems:
        if verb.endswith('ie'):
            present = verb[:-2] + 'y'
        yield from ((past + 'ed', 'VERB VBD'), (past + 'ed', 'VERB VBN'), (present + 'ing', 'VERB VBG'))


def trigger_forms(ontology):
    """The forms of the verbs that relations are read from: {(form, tag): base}, without those that two verbs share."""
    irregular = {verb.split()[0] for verb in IRREGULAR.split(';')}
    bases = collections.defaultdict(set)
    for path in sorted(pathlib.Path(ontology).glob('*.ron')):
        for lemmas in re.findall(r'Verb\(lemmas: \[(.*?)\]', path.read_text(encoding='utf-8')):
            for verb in re.findall(r'"([a-z]{3,})', lemmas):
                for form in regular_forms(verb) if verb not in irregular else ():
                    bases[form].add(verb)
    return {form: verbs.pop() for form, verbs in bases.items() if len(verbs) == 1}


def lemma_table(corpora, ontology):
    seen = collections.defaultdict(collections.Counter)
    cased = collections.defaultdict(collections.Counter)
    classes = collections.defaultdict(set)
    for form, lemma, upos, xpos, _ in treebank(corpora):
        if lemma == '_':
            continue
        classes[lemma].add(upos)
        word, tag = form.lower(), f'{upos} {xpos}'
        if upos not in ('PROPN', 'NUM') and xpos not in ('NNP', 'NNPS') and upos != 'PRON':
            if form[0].isupper():
                cased[upos, lemma.lower()][lemma[0].isupper()] += 1
            lemma = lemma.lower()
        elif upos != 'PRON':
            lemma = lemma.lower() if lemma.lower() == word or not form.islower() else lemma
        seen[word, tag][script(word, lemma)] += 1
    types = {key: edits.most_common(1)[0][0] for key, edits in seen.items()}
    weight = {key: 1 + (sum(edits.values()) > 2) for key, edits in seen.items()}
    small, capital = speech_words(corpora)
    adjectives = {lemma for lemma, known in classes.items() if known == {'ADJ'}}
    for word, tag, base in guessed(small, types, adjectives):
        types[word, tag] = script(word, base)
        weight[word, tag] = 1
    for word in ('series', 'headquarters', 'means', 'crossroads', 'barracks', 'aircraft', 'spacecraft', 'personnel', 'works', 'whereabouts'):
        types.setdefault((word, 'NOUN NNS'), '0')
        weight.setdefault((word, 'NOUN NNS'), 1)
    irregular = collections.defaultdict(list)
    for verb in IRREGULAR.split(';'):
        base, past, participle = verb.split()
        irregular[past, 'VERB VBD'].append(base)
        irregular[participle, 'VERB VBN'].append(base)
    for (word, tag), known in irregular.items():
        if (word, tag) not in types or apply(word, types[word, tag]) not in known:
            types[word, tag] = script(word, known[0])
            weight.setdefault((word, tag), 1)

    votes = collections.defaultdict(collections.Counter)
    for (word, tag), edit in types.items():
        for length in range(min(MAX_SUFFIX, len(word) - 1) + 1):
            votes[word[len(word) - length:], tag][edit] += weight[word, tag]
    rules = {}
    for (suffix, tag), edits in sorted(votes.items(), key=lambda item: len(item[0][0])):
        regular = {edit: count for edit, count in edits.items() if edit != '0' or tag not in INFLECTED} or edits
        edit, count = max(regular.items(), key=lambda item: (item[1], item[0]))
        shorter = next((rules[suffix[cut:], tag] for cut in range(1, len(suffix) + 1) if (suffix[cut:], tag) in rules), '0')
        if int(re.match(r'\d+', edit).group()) > max(len(suffix), 1):
            continue
        if edit != shorter and (count >= 3 or not suffix) and count > 0.6 * sum(edits.values()) or not suffix and edit != '0':
            rules[suffix, tag] = edit

    def predict(word, tag):
        for length in range(min(MAX_SUFFIX, len(word) - 1), -1, -1):
            edit = rules.get((word[len(word) - length:], tag))
            if edit is not None:
                return edit
        return '0'
    for (word, tag), verb in trigger_forms(ontology).items():
        if (word, tag) not in seen:
            types[word, tag] = script(word, verb)
    exceptions = {key: edit for key, edit in types.items() if predict(*key) != edit}
    lines = [f'-{suffix}\t{tag}\t{edit}' for (suffix, tag), edit in rules.items()]
    lines += [f'={word}\t{tag}\t{edit}' for (word, tag), edit in exceptions.items()]
    for (upos, lemma), counts in cased.items():
        if counts[True] > counts[False] and (counts[True] > 1 or not small[lemma]):
            lines.append(f'^{lemma}\t{upos}\t')
    for word, count in capital.items():
        if count >= 20 and count > 30 * small[word] and re.search(r'(ian|ean|ese|ish|ani|ari|qi|ic|an|ist|ch|bi|ni|li|i)$', word):
            lines.append(f'^{word}\tADJ\t')
    return lines


def feature_table(corpora):
    seen = collections.defaultdict(collections.Counter)
    tags = collections.defaultdict(collections.Counter)
    for form, _, upos, xpos, features in treebank(corpora):
        features = '|'.join(pair for pair in features.split('|') if not re.match('ExtPos|Typo|Style|CorrectForm', pair)) or '_'
        seen[form.lower(), f'{upos} {xpos}'][features] += 1
        tags[f'{upos} {xpos}'][features] += 1
    best = {tag: counts.most_common(1)[0][0] for tag, counts in tags.items()}
    lines = [f'*\t{tag}\t{features}' for tag, features in best.items() if features != '_']
    for (word, tag), counts in seen.items():
        features, count = max(counts.items(), key=lambda item: (item[1], item[0]))
        open_class = tag.split()[0] in ('VERB', 'NOUN', 'PROPN') and not re.search(r'NumForm|Ptan|Abbr', features)
        if features != best[tag] and not open_class and not word[0].isdigit() and (count >= 2 or tag.split()[0] == 'PRON'):
            lines.append(f'{word}\t{tag}\t{features}')
    return lines


def main():
    corpora, out = sys.argv[1:]
    ontology = pathlib.Path(out).parent / 'ontology'
    for name, lines in (('lemmas', lemma_table(corpora, ontology)), ('features', feature_table(corpora))):
        lines = sorted(set(lines), key=str.encode)
        with open(f'{out}/{name}.tsv', 'w', encoding='utf-8') as file:
            file.write('\n'.join(lines) + '\n')
        print(name, len(lines), 'lines')


if __name__ == '__main__':
    main()
