guidepostSearch(`es/t0o7m
0pagina=página:1W6
0start:0a6
0texto:14
0una:1W6
`)
