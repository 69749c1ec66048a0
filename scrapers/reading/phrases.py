"""What websites write around their texts, in many languages: ways to other articles, buttons, notices. For the general reader."""

from __future__ import annotations

import re


def _whole(words: str) -> re.Pattern[str]:
    """Text that says one of ``words`` and nothing else; "|" parts them, lines and indents do not count."""
    return re.compile(rf"^\W{{0,4}}(?:{_joined(words)})\W{{0,4}}$", re.I)


def _begun(words: str) -> re.Pattern[str]:
    """A line that begins with one of ``words`` and a colon or an arrow."""
    return re.compile(rf"^\W{{0,4}}(?:{_joined(words)})\s*(?::|：|»|>|→|\|)\s*\S", re.I)


def _joined(words: str) -> str:
    return "|".join(line.strip() for line in words.strip().splitlines())


FURTHER = _whole(r"""
    related (?:articles?|posts?|stories|news|content|links|topics|reading|items|pages)|read (?:more|also|next)(?: on this topic)?|see also|also read|further reading
    more (?:on|from|about|like) .{1,40}|more (?:news|stories|articles|information)|you (?:may|might|could) also (?:like|be interested|enjoy).{0,12}
    recommended(?: (?:for you|reading|stories|articles))?|latest (?:news|articles|posts|stories)|most (?:read|popular|viewed)|popular (?:posts|articles|now)
    up next|don['’]t miss|trending(?: now)?|top stories|other (?:news|articles|stories)|previous (?:article|post)|next (?:article|post)|in this (?:section|series)
    mehr (?:zum thema|themen|artikel|news|aus .{1,40}|zu .{1,40}|von .{1,40}|über .{1,40})|(?:lesen|sehen|hören) sie (?:auch|hier|dazu|mehr).{0,40}|auch interessant|auch lesen(?:swert)?
    das könnte (?:sie|dich|euch|ihnen|dir) auch (?:interessieren|gefallen)|(?:ähnliche|weitere|verwandte|passende|andere|neueste|aktuelle|beliebte) (?:artikel|beiträge|meldungen|
    nachrichten|themen|themenbereiche|themen aus .{1,40}|infos?|informationen|news|links|rezepte|videos|produkte|inhalte|texte|interviews)(?: .{1,40})?
    weiterführende (?:links|informationen)|(?:zum )?weiterlesen|siehe auch|schon gelesen|empfehlungen (?:aus|der) .{1,30}|meistgelesen|meist(?:-|\s)diskutiert
    noch mehr (?:infos?|themen|news).{0,30}|(?:neue .{1,20}|videos|fotos|bilder|links|artikel|beiträge) zum thema|viel gelesen.{0,30}|zum thema|mehr dazu|linktipps?
    (?:à|a) (?:lire|voir|découvrir) (?:aussi|également|ensuite)|lire (?:aussi|également|la suite)|sur le même (?:sujet|thème)|(?:articles|contenus|sujets) (?:liés|similaires|associés|connexes)
    voir aussi|dans la même (?:rubrique|catégorie)|pour aller plus loin|(?:nos )?derniers articles|les plus lus
    leia (?:também|mais)|veja (?:também|mais)|saiba mais|(?:notícias|artigos|matérias|conteúdos?) relacionad[ao]s?|mais (?:lidas|notícias)|últimas notícias
    (?:lea|lee|vea|mire|ver|leer) (?:también|además|más)|(?:noticias|notas|artículos|contenidos?|temas|entradas) relacionad[ao]s?|te (?:puede|podría|recomendamos).{0,20}
    (?:le|les) puede interesar|más (?:noticias|leídas|información|sobre .{1,40})|puedes ver|últimas noticias|no te pierdas
    leggi (?:anche|tutto)|(?:articoli|notizie) (?:correlati|correlate|simili)|potrebbe interessarti(?: anche)?|ti potrebbe interessare.{0,10}|guarda anche
    baca (?:juga|selengkapnya)|(?:berita|artikel) (?:terkait|lainnya|terbaru|populer)|(?:czytaj|przeczytaj|zobacz|sprawdź) (?:także|też|również|więcej)|podobne (?:artykuły|wpisy)|powiązane.{0,20}
    dowiedz się więcej|polecane|lees ook|meer over .{1,40}|gerelateerd.{0,20}|läs (?:också|även|mer)|les også|læs også|lue (?:myös|lisää)|ilgili haberler|читайте также|похожие (?:статьи|новости)
    (?:tin|bài)(?: viết)? (?:liên quan|cùng chuyên mục|khác|mới|đọc nhiều|nổi bật)|(?:xem|đọc) (?:thêm|tiếp)|có thể bạn quan tâm|các tin khác|cùng chuyên mục
    関連(?:記事|リンク|ニュース)|あわせて読みたい|相关(?:阅读|新闻|文章|链接)|延伸閱讀|推荐阅读|관련\s?기사|ข่าวที่เกี่ยวข้อง|อ่านเพิ่มเติม|اقرأ (?:أيضا|المزيد)|مواضيع ذات صلة
""")  # fmt: skip

LEADING = _begun(r"""
    related(?: (?:articles?|stories|story|news|post|content))?|read(?: (?:more|also|next|on))?|also read|see also|watch(?: also| more)?|more|must read|don['’]t miss|recommended
    mehr (?:zum thema|dazu)|lesen sie (?:auch|hier|dazu|mehr)|auch interessant|auch lesen|weiterlesen|siehe auch|lesetipps?|lese-tipps?|mehr|passend dazu
    (?:à|a) (?:lire|voir|écouter)(?: (?:aussi|également))?|lire(?: (?:aussi|également))?|voir aussi|leia(?: (?:também|mais))?|veja(?: (?:também|mais))?|saiba mais
    (?:lea|lee|vea|mire|leer|ver|mira)(?: (?:también|además|más|aquí))?|te (?:puede|podría|recomendamos)[^:]{0,20}|(?:le|les) puede interesar|puedes ver|además|no te pierdas
    leggi(?: anche)?|guarda(?: anche)?|baca(?: (?:juga|selengkapnya))?|(?:czytaj|przeczytaj|zobacz|sprawdź)(?: (?:także|też|również|więcej))?
    lees ook|läs (?:också|även|mer)|les også|læs også|lue myös|читайте также|смотрите также|(?:xem|đọc) (?:thêm|tiếp)|(?:tin|bài) liên quan|関連記事|相关阅读|延伸閱讀|관련\s?기사
""")  # fmt: skip

END = _whole(r"""
    (?:\d+ )?(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|komentarze|komentar|bình luận|ý kiến)(?: \(?\d*\)?)?
    (?:leave|write|add|post) a (?:comment|reply).{0,20}|leave your comment|(?:join the )?(?:discussion|conversation)|(?:keine|noch keine|no|0|zero) (?:kommentare|comments).{0,60}
    (?:schreib(?:e|en sie)?|hinterlasse?n?(?: sie)?) (?:einen|deinen|ihren) kommentar.{0,20}|kommentar (?:schreiben|verfassen|hinterlassen)|diskutieren sie mit.{0,30}
    (?:laisser|écrire|ajouter) un commentaire|deja(?:r)? (?:un|tu) comentario|deixe (?:um|o seu) comentário|lascia un commento|dodaj komentarz|tinggalkan (?:balasan|komentar)|gửi bình luận
    (?:about|über) (?:the|den|die|der) (?:authors?|autor(?:in|en|innen)?)|zur person|(?:à propos de|sobre) (?:l['’]auteure?|el autor|la autora|o autor|a autora)|o autorze|vom gleichen autor
    (?:article )?(?:tags|topics|schlagwörter|schlagworte|stichworte|stichwörter|temas|etiquetas|mots[- ]clés|tagi|markiert mit|themen|từ khóa|タグ|标签)
    (?:share|teilen|partager|compartir|compartilhe|condividi|udostępnij|chia sẻ)(?: (?:this|diesen?|cet|este|esta|questo|bài)(?: .{1,20})?)?
    (?:related|supporting|attached) (?:documents?|downloads?|files?|publications?)|documents? (?:joints?|à télécharger|associés?)|pièces? jointes?|dokumente|zum herunterladen
    documentos (?:relacionados|adjuntos|anexos)|archivos adjuntos|documenti (?:correlati|allegati)|allegati|załączniki|přílohy|ke stažení|liitteet|bilagor|vedlegg|bilag
    (?:stay|keep) (?:connected|informed|in touch|up[- ]to[- ]date)(?: (?:with|on|about) .{1,40})?|haberi paylaş|paylaş|was this (?:page|information) (?:helpful|useful)\W?|report a problem (?:with|on) this page
    (?:bewerten sie|rate this|bewertung|post navigation|beitragsnavigation|navigation de l['’]article|navegación de entradas)(?: .{1,20})?
""")  # fmt: skip

BUTTON = _whole(r"""
    (?:zurück|back|retour|volver|voltar|indietro|powrót|wróć)(?: (?:zur?m?|to|à|au|a|al|alla|do)(?: the| la)? .{1,30})?|(?:nach oben|back to top|haut de page|arriba|do góry|lên đầu trang)
    (?:- ?)?(?:anzeige|werbung|advertisement|advertising|sponsored|publicidad|publicidade|publicité|pubblicità|reklama|iklan|quảng cáo|advertorial|ad|広告|광고)(?: ?-)?|story continues.{0,40}
    (?:print(?: (?:this )?(?:page|article|recipe))?|drucken|druckansicht|imprimir|imprimer|stampa|drukuj|cetak|in bài viết|in trang|seite drucken|artikel drucken)
    (?:pdf|pdf[- ]version|download (?:as )?pdf|als pdf.{0,20})|(?:share|teilen|merken|partager|compartir|tweet(?:en)?|twittern|pin it|like|follow|folgen|seguir|e-?mail|whatsapp|facebook|twitter|linkedin)
    (?:facebook|twitter|whatsapp|telegram|linkedin|pinterest|e-?mail|zalo|copy link|link kopieren|print|x|reddit|xing|instagram|youtube|threads|line|[\s,|·•/]+)+
    (?:read|learn|see|show|find out|load|view|discover) (?:more|all|less|comments)|(?:mehr|weiter)(?: (?:lesen|laden|anzeigen|erfahren|infos))?|weiterlesen|alle (?:anzeigen|ansehen)|lire la suite|leer más|leia mais|ver (?:más|mais|todo)|xem thêm
    \[?(?:czytaj )?więcej\]?|mehr (?:lesen|erfahren)|(?:next|previous|nächste[rs]?|vorherige[rs]?|suivant|précédent|siguiente|anterior)(?: (?:page|post|article|story|seite|beitrag|artikel|página|artículo))?|(?:kommentieren|comment(?:er)?|comentar|reply|antworten)
    (?:image|photo|picture|bild|foto|video)(?: \d+ (?:of|von) \d+)?|(?:noch )?keine (?:kommentare|bewertungen)|(?:kommentare|comments) (?:geschlossen|are closed|off|deaktiviert)|comments? \(?\d+\)?|\d+ (?:comments?|kommentare?|shares?|likes?|views?|commentaires?)
    (?:tags?|schlagwörter|schlagworte|temas|topics|etiquetas|mots-clés|keywords|stichworte)\s?:.{0,80}|(?:filed under|posted in|categories|kategorien?|category|categoría|catégories?|abgelegt unter|veröffentlicht (?:in|unter))\s?:.{0,80}
    (?:subscribe|sign up|log ?in|register|anmelden|registrieren|abonnieren|s['’]abonner|suscríbete|suscribirse|đăng nhập|đăng ký)(?: .{1,30})?|(?:listen|anhören|artikel anhören|escuchar|écouter)(?: .{1,20})?
    (?:lesedauer|reading time|lesezeit|temps de lecture|tempo de leitura|tiempo de lectura)\s?:?.{0,25}|\d+ min(?:ute[ns]?|utos)?\.? (?:read|lesezeit|lesedauer|de lecture|de lectura)|(?:inhalt|inhaltsverzeichnis|table of contents|contents|sommaire|índice)
    (?:quellen|quelle|sources?) (?:ausblenden|anzeigen|hide|show)|(?:lizenz|license|licencja).{0,40}|(?:jetzt|hier) (?:kostenlos )?(?:anmelden|abonnieren|registrieren|kaufen|bestellen|testen|lesen|informieren).{0,20}|skip .{1,30}
""")  # fmt: skip

NOTICE = re.compile(
    "|".join((
        r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati",
        r"^\W{0,3}(?:©|\(c\)|copyright\b).{0,120}$|copyrighted (?:property|material)|(?:reproduced|reprinted?|republished|rebroadcast)[^.]{0,60} without[^.]{0,30} permission",
        r"(?:sign|signing) up (?:for|to) (?:our|the|my)[^.]{0,60}newsletter|(?:subscribe|sign up) (?:now )?(?:to|for) (?:our|the)\b|subscribe to continue|already (?:a )?subscri",
        r"^(?:follow|like|find|join) (?:us|me) (?:on|at|auf)\b|follow (?:us|me) on (?:facebook|twitter|instagram|telegram|x\b)|(?:folgen sie uns|folge uns|síguenos|siga-nos|suivez-nous|seguici)\b",
        r"(?:unseren?|zum|den) (?:kostenlosen )?newsletter (?:abonnieren|anmelden|bestellen)|newsletter (?:an|abonnieren)|(?:suscríbete|inscreva-se|inscrivez-vous|abonnez-vous|iscriviti)[^.]{0,40}(?:newsletter|canal|boletín|channel|whatsapp|telegram)",
        r"if you (?:enjoyed|liked) (?:reading )?this (?:post|article)|download (?:the|our) [^.]{0,40}\bapps?\b[^.]{0,40}(?:ios|android|store)|download (?:the|our) app\b",
        r"(?:this (?:post|article|page|site)|we) (?:may )?(?:contains?|earns?|includes?|receives?)[^.]{0,60}(?:affiliate|commission|advertis|compensation)|affiliate[- ]links?\b",
        r"(?:um|bitte)[^.]{0,80}(?:kommentieren|kommentare|diskussion)[^.]{0,60}(?:eingeloggt|angemeldet|registriert|einloggen|anmelden|registrieren)|(?:einloggen|anmelden|log ?in|registrarte|logged in)[^.]{0,60}(?:kommentieren|diskussion|comment|comentar)|para comentar",
        r"(?:is|are) not responsible for the (?:opinions|content)|(?:views|opinions) expressed (?:here|in this|are)[^.]{0,80}(?:those of|own)|(?:uses|use|verwendet|nutzt) cookies\b|cookie[- ](?:einstellungen|settings|policy|richtlinie)",
        r"(?:datenschutzerklärung|privacy policy)[^.]{0,60}(?:zustimm|akzeptier|agree|accept)|(?:sofern nicht anders|unless otherwise)[^.]{0,60}(?:lizenz|licen[cs]e|cc[- ]by)|(?:dieses? werk|this work)[^.]{0,60}(?:lizenz|licen[cs]e)",
    )),
    re.I,
)  # fmt: skip
"""Words of notices that stand beside articles; never those of an article's own sentences."""
