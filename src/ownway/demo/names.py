"""Names and streets for invented people. Any likeness is chance."""

FIRST = {
    "female": (
        "Ada Agnes Alma Amina Ann Audrey Barbara Beryl Betty Brenda Carol Chandra Cheryl Dawn Deirdre "
        "Doreen Dorothy Edna Eileen Elaine Elsie Enid Esther Ethel Farida Fatima Flora Gillian Gladys "
        "Gwendoline Hazel Hilda Hyacinth Irene Iris Ivy Jacqueline Janet Jaswinder Jean Joan Joyce June "
        "Kathleen Krystyna Lakshmi Lilian Linda Lorna Mabel Mair Margaret Marjorie Maureen Mavis Mei "
        "Mildred Monica Muriel Nasreen Nora Olive Pamela Patience Pauline Pearl Phyllis Rita Rose Ruby "
        "Sheila Shirley Sushila Sylvia Thelma Una Valerie Vera Violet Wanda Winifred Yvonne Zofia"
    ).split(),
    "male": (
        "Abdul Albert Alfred Andrzej Anthony Arnold Arthur Balbir Barry Basil Bernard Brian Cecil Clifford "
        "Clive Colin Cyril Dennis Derek Desmond Donald Douglas Edgar Edwin Emlyn Eric Ernest Frank "
        "Frederick Geoffrey George Gerald Godfrey Gordon Gurdev Hassan Herbert Horace Howard Hubert Hugh "
        "Idris Ignacy Jack Kenneth Keith Kwame Leonard Leslie Lionel Malcolm Maurice Mohan Neville Norman "
        "Nigel Osman Patrick Percy Peter Philip Ralph Raymond Reginald Roland Ronald Roy Rupert Sidney "
        "Stanley Sunil Terence Thomas Trevor Vernon Victor Walter Wei Wilfred William Winston Yusuf"
    ).split(),
}
BEGINNINGS = (
    "Ash Black Bram Cold Crow Dun Elm Fair Fen Gar Hal Haw Hol Kel Lark Lin Mar Mead Nor Oak Pen Quill "
    "Rath Rook Sall Stan Thorn Und Wain Wether Whit Yar"
).split()
ENDINGS = (
    "bury by combe cott dale den field ford grove ham hurst ley lock more ridge shaw stead thorpe ton "
    "ward wick wood worth"
).split()
ELSEWHERE = (
    "Achebe Ahmed Ali Banerjee Begum Boateng Campbell Chen Chowdhury Desai Dlamini Francis Ghosh Gill "
    "Hussain Iqbal Kaur Khan Kowalska Lam Li Mahmood Mensah Nair Nowak Okafor Patel Pillay Rahman Sandhu "
    "Shah Singh Szymanski Wong Zielinski"
).split()
ETHNIC_GROUPS = [
    ("White: English, Welsh, Scottish, Northern Irish or British", 0.845),
    ("White: any other White background", 0.03),
    ("Asian or Asian British: Indian", 0.03),
    ("Asian or Asian British: Pakistani", 0.03),
    ("Asian or Asian British: Bangladeshi", 0.01),
    ("Asian or Asian British: Chinese", 0.005),
    ("Black, Black British, Caribbean or African: Caribbean", 0.02),
    ("Black, Black British, Caribbean or African: African", 0.01),
    ("Mixed or multiple ethnic groups", 0.01),
    ("", 0.01),
]
STREETS = (
    "Copper Mill Weir Orchard Kiln Priory Station Sluice Tanner’s Bell Quarry Meadow Chapel Ferry Granary "
    "Heron Willow Foundry Market Almond Barley Cooper’s Dial Easter Falcon Glebe Hopyard Ivy"
).split()
WAYS = "Lane Street Road Close Row Terrace Avenue Rise Walk".split()


def surnames() -> list[str]:
    """Every surname there is here, each once."""
    return [b + e for b in BEGINNINGS for e in ENDINGS] + ELSEWHERE * 3
