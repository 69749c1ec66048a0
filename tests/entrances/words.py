"""Headlines in the languages of ministries, made up."""

VI = (
    "Bộ trưởng làm việc với tỉnh Lào Cai về phòng, chống thiên tai",
    "Hội nghị trực tuyến tổng kết công tác quản lý đất đai năm 2023",
    "Lấy ý kiến dự thảo Thông tư quy định kỹ thuật đo đạc bản đồ",
    "Thứ trưởng tiếp Đoàn công tác của Ngân hàng Thế giới",
    "Công bố quyết định bổ nhiệm Cục trưởng Cục Khoáng sản Việt Nam",
    "Tăng cường kiểm soát ô nhiễm không khí tại các đô thị lớn",
)
ZH = (
    "生态环境部部署开展夏季臭氧污染防治监督帮扶工作",
    "关于印发《重点流域水生态环境保护规划》的通知",
    "部长会见来访的联合国环境规划署执行主任",
    "2023年全国生态环境质量简况发布",
    "国务院常务会议研究推进防灾减灾工作",
    "全国海洋工作会议在北京召开",
)
JA = (
    "令和5年度補正予算の概要について",
    "中央環境審議会水環境部会の開催について",
    "特定外来生物の指定に関する意見募集の結果",
    "大臣記者会見の概要を掲載しました",
    "国立公園満喫プロジェクト有識者会議の結果",
    "化学物質の審査に関する省令の一部改正",
)
AR = (
    "وزير البيئة يفتتح المؤتمر الدولي لحماية السواحل",
    "الوزارة تعلن نتائج مسابقة المدن النظيفة لهذا العام",
    "توقيع اتفاقية تعاون في مجال إدارة الموارد المائية",
    "انطلاق الحملة الوطنية للتشجير في جميع المحافظات",
    "اجتماع اللجنة العليا لمتابعة مشروعات تحلية المياه",
    "الوزير يستقبل سفير مملكة النرويج لبحث التعاون",
)
FR = (
    "Le ministre installe le comité national de l'eau à Marseille",
    "Qualité de l'air : publication du bilan annuel des émissions",
    "Appel à projets pour la restauration des zones humides",
    "Signature d'une convention avec les chambres d'agriculture",
    "Nomination du directeur général de l'office des forêts",
    "Prévention des incendies : les mesures entrent en vigueur",
)
ES = (
    "El ministro preside la reunión del Consejo Nacional del Agua",
    "Resolución por la que se aprueban las bases del concurso público",
    "Convocatoria de ayudas a municipios para gestión de residuos",
    "Informe anual sobre el estado de los bosques nacionales",
    "Orden ministerial que regula la pesca artesanal en la costa",
    "Acuerdo de cooperación con la comunidad de Galicia",
)
EN = (
    "Minister opens new flood defence scheme in the river valley",
    "Consultation launched on reform of waste collection services",
    "Statement on the outcome of the fisheries negotiations",
    "New chair appointed to the national parks commission",
    "Annual report on air quality published by the department",
    "Funding awarded to twelve coastal restoration projects",
)
