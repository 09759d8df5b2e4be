"""What the network says of some sentences, for the test that holds the Rust program to it.

    python parity.py --model ../data/model/english.bin --out ../tests/data/syntax-parity.tsv

A line for each word: form, 1 where no space stands before, then UPOS, XPOS, name tag and label, each with its score, and the
head.
"""

import argparse

import torch

import train
from stored import load
from treebank import Word

# Written for this test. `_` before a word: no space there.
SENTENCES = """
The president met his Turkish counterpart in Ankara on Monday _.
Sanctions on the two banks were lifted by the council last week _.
“ _We will not withdraw _, _” the minister told reporters _.
Kyiv _'s envoys left the talks _, which had been brokered by Oman _, without a deal _.
NATO TROOPS LAND IN NORTHERN NORWAY
parliament rejects the 2.5 billion loan
Rebels Seize Border Town as Ceasefire Collapses
Do n't they know that the treaty _, signed in 1994 _, has expired _?
She is the daughter of a former prime minister and the wife of an ambassador _.
The oil _- _rich province _— _long neglected _— _voted for independence _.
According to Reuters _, at least 14 people were killed when a drone hit the depot _.
Brazil and Argentina agreed to build a railway between their ports _.
He was accused of having sold missiles to a militia that fights the government _.
Without mentioning Beijing by name _, the admiral warned of “ _a dangerous escalation _” _.
The U.S. is expected to announce new tariffs _.
It was the king who dismissed her _, not the cabinet _.
Neither side has claimed responsibility for the attack near Goma _.
There are fears that the dam could burst _.
Mr. Okafor _, 61 _, leads the opposition in the Senate _.
Talks between the junta and the regional bloc broke down again on Tuesday night _.
The country borders Chad to the west and Eritrea to the east _.
Germany _, France and Poland will jointly train 3,000 officers _.
A spokesman for the ministry declined to comment _.
What the general wants is a second term _.
Three ships were sunk _; a fourth was towed to Aden _.
Protesters stormed the embassy and set fire to its gates _.
The court sentenced him to life in prison for treason _.
Iran _- _backed fighters fired rockets at the base _, the army said _.
“ _Peace first _, elections later _, _” he added _.
Her visit follows months of secret diplomacy _.
If the pact is ratified _, both parliaments will have to vote on it every five years _.
The company _, owned by the state _, exports gas via Hungary _.
Lagos
No _.
( _AFP _)
1.2 million refugees have crossed the river since May 2023 _.
The premier resigned hours after his party lost its majority _.
Moscow denies that it supplied the separatists with tanks _.
It remains unclear who ordered the strike _.
His successor is likely to be more cautious towards Taipei _.
Japan recalled its ambassador to protest against the launch _.
Most of those detained were students from the capital _.
The mayor _'s office said the city would host the summit instead of Geneva _.
Analysts doubt whether the new coalition can survive _.
São Tomé _'s finance minister flew to Washington to ask for debt relief _.
Ever since the coup _, power cuts have made life harder for ordinary people _.
The ex _- _spy was never charged _, let alone convicted _.
They gave the inspectors access to the site at Al _- _Safir _.
Ukraine _, Moldova to join energy grid _, EU says _…
To everyone _'s surprise _, the emir himself attended the funeral _.
"""


def words(line):
    return [Word(form.removeprefix("_"), "", "", 0, "", form.startswith("_")) for form in line.split()]


@torch.no_grad()
def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--model", required=True)
    options.add_argument("--out", required=True)
    options = options.parse_args()

    network, labels = load(options.model)
    root = labels.deprel.index("root")
    with open(options.out, "w", encoding="utf-8") as out:
        for line in SENTENCES.strip().split("\n"):
            sentence = words(line)
            upos, xpos, names, heads, deprels = train.analyse(network, labels.rows(sentence))
            # As the program does: `root` and nothing else is for the word under the root.
            for i, head in enumerate(heads):
                others = torch.arange(len(labels.deprel)) != root
                deprels[i, others if head == 0 else ~others] = -torch.inf
            for i, word in enumerate(sentence):
                cells = [word.form, int(word.glued)]
                for scores, kind in ((upos[i], "upos"), (xpos[i], "xpos"), (names[i], "names"), (deprels[i], "deprel")):
                    best = int(scores.argmax())
                    cells += [getattr(labels, kind)[best], f"{scores[best]:.4f}"]
                cells.append(int(heads[i]))
                out.write("\t".join(map(str, cells)) + "\n")
            out.write("\n")


if __name__ == "__main__":
    main()
