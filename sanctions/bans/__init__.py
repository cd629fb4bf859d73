"""市场和行业禁入: who may not enter a market, an industry or a post, from when, until when."""
