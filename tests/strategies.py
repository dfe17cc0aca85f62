"""What the tests of several modules make up."""

from hypothesis import strategies as st

# What a text file may hold: no lone surrogates, which UTF-8 can't write.
words = st.text(
    st.one_of(
        st.sampled_from("一网通办𠮷「」“”\"'\\#=[]\n\t\u2028é +．、，"),
        st.characters(codec="utf-8", exclude_characters="\0\r"),
    ),
    min_size=1,
    max_size=12,
)
headwords = words.filter(lambda word: any(map(str.isalnum, word)))
some = st.lists(words, max_size=3).map(tuple)
