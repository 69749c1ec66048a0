"""The lines around a text on the pages of public bodies: addresses, counters, tools, ways to other news. For the general reader."""

from __future__ import annotations

import re

from scrapers.reading.blocks import Block
from scrapers.reading.phrases import FURTHER

_PUBLISHER = re.compile(
    r"^\W{0,6}(?:"
    # Who publishes the website, and where the office is.
    r"bản quyền|©|\(c\)|copyright\b|hak cipta|hakcipta|版权所有|版權所有|著作權|主办单位|主办：|承办单位|all rights reserved|все права|© |جميع الحقوق|حقوق |כל הזכויות|"
    r"(?:địa chỉ|trụ sở(?: chính)?|điện thoại|đt|giấy phép|chịu trách nhiệm|người chịu trách nhiệm|trưởng ban biên tập|thiết kế bởi|phát triển bởi|đơn vị (?:quản lý|chủ quản|thực hiện)|cơ quan chủ quản)\b.{0,12}[:：\d]|"
    r"(?:alamat|alamat kantor|telepon|telp|address|telephone|tel|fax|phone|email|e-mail|hotline|адрес|телефон|тел|факс)\b\.?\s*[:：(]|"
    r"(?:地\s?址|地　址|电\s?话|電\s?話|联系电话|聯絡電話|总机|總機|邮编|备案|網站|网站标识码|技术支持|住\s?所|所在地|代表電話|電話番号|法人番号|주소|대표전화|ที่อยู่|โทรศัพท์|نشانی|تلفن|العنوان|هاتف|כתובת|טלפון|мекенжай)\s*[:：]|"
    r"〒\d{3}|우\)?\s?\d{5}|\(\d{5}\)\s|\d{5,6}\s?\S{1,4}[市縣]\S{1,5}[區区鄉鎮路]|\d{6},?\s?(?:г\.\s?)?москва|"
    r"[京沪浙粤苏鲁川渝津皖闽豫鄂湘赣晋冀辽吉黑陕甘琼桂云贵青藏宁新蒙]公?(?:icp|网安)备|jl\. |jalan \S+ (?:no|nomor)\b|เลขที่ \d|ถนน\S+ (?:แขวง|เขต)"
    r")",
    re.I,
)
"""Where an office stands and who answers for its website: never what an article says."""
_COUNTED = re.compile(
    r"^\W{0,6}(?:"
    r"(?:tổng )?(?:số )?lượt (?:truy cập|xem|đọc)|đang truy cập|访问次数|访问量|浏览次数|瀏覽人次|點閱數|点击数|阅读次数|조회수|โดย.{0,10}เข้าชม|ผู้เข้าชม|จำนวนผู้เข้าชม|dilihat|dibaca|bilangan pelawat|visitor counter|просмотров|"
    r"количество просмотров|بازدید|عدد (?:الزيارات|المشاهدات)|tarikh kemas ?kini|last updated on|最後更新|最后更新|更新日期"
    r")",
    re.I,
)
"""How often a page was seen, when the website was last touched."""
_TOOLS = re.compile(
    r"^\W*(?:a\s?[-+]\s*){0,3}(?:(?:"
    r"in (?:bài viết|trang(?: này)?|tin)|bản in|phiên bản in|gửi (?:email|cho bạn bè|bài viết)|lên đầu trang|về đầu trang|quay lại|trở (?:về|lại)|chia sẻ(?: bài viết)?(?: qua)?|"
    r"打\s?印(?:本页)?|关闭(?:窗口|本页)?|分享到?|收藏|返回(?:顶部|列表|首页)?|扫一扫.{0,20}|列印|友善列印|轉寄(?:友善)?|回上一頁|回首頁|回列表|字[号體体型級].{0,16}|印刷(?:する)?|ページの?先頭へ.{0,6}|このページ(?:の|は|に).{0,40}|"
    r"목록(?:으로)?|인쇄|스크랩|공유(?:하기)?|이 페이지에서.{0,50}|만족도.{0,30}|พิมพ์(?:หน้านี้)?|แชร์|ส่งต่อ|kembali|cetak|bagikan(?: (?:ke|di|berita))?|kongsi|print|share(?: this.{0,20})?|"
    r"версия для печати|поделиться(?: в соцсетях)?|распечатать|назад(?: к списку)?|возврат к списку|چاپ|ارسال به دوستان|اشتراک.{0,10}|طباعة|مشاركة(?: عبر)?|كم تقييمك.{0,30}|هل (?:كان|كانت|استفدت).{0,40}|הדפס(?:ה)?|שתף|"
    r"read this release in|visitor counter|release id|\(release id.{0,20}\)"
    r")[^\w:：|]*){1,6}(?:$|[:：|])",
    re.I,
)
_BESIDE = re.compile(
    r"^\W*(?:上一[篇条條则則]|下一[篇条條则則]|上一則|下一則|이전\s?글|다음\s?글|前の記事|次の記事|(?:bài|tin) (?:trước|sau|tiếp theo)|предыдущая|следующая|berita (?:sebelumnya|selanjutnya)|الخبر (?:السابق|التالي))\s*[:：|]?",
    re.I,
)
_AHEAD = re.compile(
    r"^\W*(?:(?:các )?tin (?:khác|đã đưa|mới hơn|cũ hơn|cùng (?:loại|chuyên mục)|mới nhất|mới|liên quan|đọc nhiều)|các (?:tin|bài)(?: viết)? (?:mới hơn|cũ hơn|khác|liên quan|đã đăng)|những tin (?:mới|cũ) hơn|"
    r"相关(?:新闻|链接|信息|稿件)|相關(?:新聞|連結|資訊)|热点新闻|推荐阅读|関連(?:情報|リンク|ページ|ファイル)|관련 (?:뉴스|기사|자료)|ข่าว(?:ล่าสุด|ที่เกี่ยวข้อง|อื่น ?ๆ)|berita (?:terkait|terbaru|lainnya|populer)|"
    r"последние новости|другие новости|(?:материалы|новости) по теме|اخبار مرتبط|أخبار ذات صلة|آخر الأخبار|latest news|related news|other news)\W*$",
    re.I,
)
_FILES = re.compile(
    r"^\W*(?:tệp đính kèm|tập tin đính kèm|file đính kèm|tài liệu đính kèm|tải (?:về|file)|附\s?件(?:下载|下載|檔案)?|相关附件|檔案下載|lampiran|muat turun|unduh|ไฟล์แนบ|เอกสารแนบ|ดาวน์โหลด|첨부(?:파일)?|添付(?:資料|ファイル)|関連(?:資料|ファイル)|"
    r"приложени[ея]|файлы|المرفقات|پیوست|קבצים מצורפים|attachments?|डाउनलोड)\s*(?:\(\d+\))?\s*(?:$|[:：\n])",
    re.I,
)
_ADDRESSED = re.compile(
    r"^[^.?!]{0,90}[.|\n–-]\s*(?:địa chỉ|trụ sở|alamat(?: kantor)?|address|адрес|地\s?址|住所|주소|ที่อยู่|نشانی|العنوان|מען|כתובת)\s*[:：]",
    re.I,
)
"""An office's name and, as another sentence, its address."""
_SHORT, _LONG = 160, 500
_DATES = re.compile(r"[\s(\[]*\d{1,4}[./年-]\d{1,2}[./月-]\d{1,4}日?(?:[\s,-]*\d{1,2}[:h]\d\d(?::\d\d)?)?[)\]]*")


def is_office(words: str) -> bool:
    """Whether a line is about the website: its publisher, its visitors."""
    return is_publisher(words) or _COUNTED.match(words) is not None


def is_publisher(words: str) -> bool:
    """Whether a line says who publishes the website: days in it are those of a licence."""
    return _PUBLISHER.match(words) is not None


def without_ending(blocks: list[Block], *, exact: bool) -> list[Block]:
    """The blocks without those that end a page rather than a text: office lines, tools, ways to other news.

    In an element that is called the text ("exact"), an address is part of what is announced.
    """
    while len(blocks) > 1 and (_ends_page(blocks[-1], exact=exact) or _leads_away(blocks[-1], blocks[-2])):
        blocks = blocks[:-1]
    return blocks


def without_opening(blocks: list[Block]) -> list[Block]:
    """The blocks without tools and counters above the first sentence."""
    while len(blocks) > 1 and len(blocks[0].text) < _SHORT and _is_tool(blocks[0]):
        blocks = blocks[1:]
    return blocks


def _is_tool(block: Block) -> bool:
    return block.kind in ("text", "list", "table") and (
        _TOOLS.match(block.text) is not None or _COUNTS.search(block.text) is not None
    )


_COUNTS = re.compile(
    r"(?:lượt (?:xem|đọc)|đã xem|浏览次数|浏览量|阅读次数|点击数|访问次数|點閱數|瀏覽人次|조회수?|ผู้เข้าชม|เข้าชม|dilihat|dibaca|просмотров|بازدید|مشاهدات)\s*[:：]?\s*[\d۰-۹٠-٩๐-๙]",
    re.I,
)


def _ends_page(block: Block, *, exact: bool) -> bool:
    text = block.text
    if block.kind == "figure" or len(text) > _LONG:
        return False
    if _BESIDE.match(text) or _COUNTED.match(text):
        return True
    if not exact and (is_publisher(text) or (block.kind == "text" and _ADDRESSED.search(text))):
        return True
    if len(text) < _SHORT and (_is_tool(block) or _AHEAD.match(text) or FURTHER.match(text)):
        return True
    return _FILES.match(text) is not None and (block.links * 2 > len(text) or len(text) < _HEAD)


_HEAD = 24


def _leads_away(block: Block, before: Block) -> bool:
    """Whether links to dated or announced news are all it holds, but for the days and what stands before each."""
    if not (_DATES.search(block.text) or _AHEAD.match(before.text) or FURTHER.match(before.text)):
        return False
    lines = [line for line in block.text.split("\n") if line.strip()]
    bare = sum(len(_DATES.sub("", line).strip(" -–•·*»>|")) for line in lines)
    return (len(lines) > 1 or block.kind == "list") and block.links > 0.85 * bare and not _HOLDS_FILE.search(block.html)


_HOLDS_FILE = re.compile(r'href="[^"]+\.(?:pdf|docx?|xlsx?|zip|rar|pptx?|csv|ods|odt|hwpx?)\b', re.I)
