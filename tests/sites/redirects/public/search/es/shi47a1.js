guidepostSearch(`es/shi47a1
0AN una
0PJN pagina
0STRT start
0TKST texto
`)
