"""Words that the search for identities knows: postcode areas, names that are words, words that are no names."""

import re

# Source: Royal Mail, the 124 postcode areas of the United Kingdom.
POSTCODE_AREAS = frozenset(
    (
        "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX "
        "FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE "
        "NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ "
        "TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
    ).split()
)
# First and last names that are also words of ordinary writing.
COMMON_WORDS = frozenset(
    (
        "abbey amber angel april art august autumn banks baker bell bill black bliss bishop blue bond brook brooks brown "
        "butler carol carter case chance charity chase cherry christian church cliff cook cross crystal daisy dale "
        "dawn day dean destiny dick divine drew duke earl early eve faith field fields fisher flora forest fox frank "
        "french fry gale gay gene ginger glen grace grant gray green guy hall hand happy harmony hazel heath heaven "
        "heather henna hill holly home honey hope hunter iris ivy jack jade jasmine jay jet joy june justice king "
        "knight lake lane lily long love mark marsh mason may melody mercy merry miles mills moss myrtle nick noble "
        "north olive page park patience pearl penny pepper peace poppy pope porter price prince princess prudence "
        "rain ray read reed rich rob robin rock rose rosemary rowan ruby rush sage sandy savannah say scarlet short "
        "sky small smart spring star stone storm strong summer sunny tanner taylor turner temple true unity viola "
        "violet walker ward warren waters west white will willow winter wood woods wren young"
    ).split()
)
# Written beside names on a cover sheet, and no names.
NOT_NAMES = frozenset(
    (
        "aka aunt baby birth born brother carer child cousin dad daddy daughter de del der dob dr el family father "
        "foster gran grandad grandfather grandma grandmother grandparent guardian half infant known la le maternal "
        "mother mr mrs ms miss mum mummy mx nan nanny neighbour not of or parent partner paternal pronouns she he "
        "they sibling sister son step stepdad stepfather stepmother stepmum the them then to twin uncle unborn van "
        "von with young person and also called no number one two year years old"
    ).split()
)
# Of those, the ones that ordinary sentences begin with, and the words that then follow: "Will the plan ...".
BEGIN_SENTENCES = frozenset(
    "art chase cook early frank happy hope long mark may mercy merry patience read rich say short strong summer will young".split()
)
AFTER_A_WORD = frozenset(
    (
        "a all an any anybody anyone be everyone for he her his how i in it its my no not of on one or our parents "
        "people practice she so some terms that the their there these they this those to us we what when where who "
        "why you your"
    ).split()
)
BEFORE_MONTH = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|since|until|till|by|of|from|during|last|next|this|early|late|mid|before|after|to))\s*[-–]?\s*$",
    re.IGNORECASE,
)
