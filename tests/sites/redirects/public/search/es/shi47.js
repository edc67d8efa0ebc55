guidepostSearch(`es/shi47
0AN una
0PJN pagina
0STRT start
0TKST texto
`)
